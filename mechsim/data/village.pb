META
key;value
description;A village of our own making
country;Nowhere
unit;Village
instance;2025
num_projects;6
num_votes;12
budget;24000,50
vote_type;approval
rule;unknown
PROJECTS
project_id;cost;votes;name;category
well;9000;7;Repair the well;water
bridge;12000,50;7;"Foot bridge; with railing";roads
lamps;3000;6;Street lamps;roads
orchard;3000;5;Orchard;nature
hall;6000;4;"Paint the ""old"" hall";culture
swings;2000;4;Swings;children
VOTES
voter_id;vote;age
1;well,bridge,lamps;34
2;well,bridge,lamps;71
3;well,bridge,lamps;52
4;well,bridge,lamps;45
5;bridge,well;23
6;well,bridge,lamps;38
7;well,bridge,lamps;64
8;orchard,hall;29
9;orchard,hall,swings;31
10;orchard,swings;33
11;orchard,hall,swings;80
12;hall,swings,orchard;19
