META
key;value
description;A school of our own making
country;Nowhere
unit;School
instance;2025
num_projects;6
num_votes;12
budget;400
vote_type;choose-1
rule;greedy
PROJECTS
project_id;name;cost
1;Chess boards;100
2;Music room;250
3;Football goals;150.50
4;"Library: new shelves; new chairs";200
5;Herb garden;75,5
6;Bicycle stands;100
VOTES
voter_id;vote;voting_method
a;1;paper
b;1;internet
c;3;internet
d;3;paper
e;3;paper
f;4;internet
g;4;internet
h;2;paper
i;5;internet
j;5;paper
k;6;internet
l;;paper
