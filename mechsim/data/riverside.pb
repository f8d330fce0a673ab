META
key;value
description;A city of our own making, its voters drawn at random
country;Nowhere
unit;Riverside
instance;2025
num_projects;24
num_votes;600
budget;400000
vote_type;approval
min_length;1
max_length;10
rule;greedy
PROJECTS
project_id;cost;votes;name;category;district;selected
square;90000;171;Market square without cars;streets;Old Town;1
arcade;60000;151;Lights for the arcades;culture;Old Town;1
clock;25000;144;Repair of the town hall clock;culture;Old Town;1
chestnuts;30000;161;Forty chestnut trees;green;Old Town;1
fountain;45000;137;Drinking fountains;green;Old Town;0
courts;70000;151;Ball courts at the city wall;sport;Old Town;1
cobbles;55000;172;Smooth lanes between the cobbles;streets;Old Town;1
quay;80000;118;Promenade on the east quay;streets;Harbour;0
crane;40000;126;The old crane as a lookout;culture;Harbour;0
rowing;35000;130;Boats for the rowing school;sport;Harbour;0
dunes;20000;134;Dune grass on the breakwater;green;Harbour;0
cycling;65000;141;Cycle track to the docks;streets;Harbour;1
cinema;50000;127;Open-air cinema in dock 4;culture;Harbour;0
slope;45000;114;Toboggan run;sport;Hillside;0
steps;30000;115;Handrails on the hundred steps;streets;Hillside;0
vineyard;25000;115;A vineyard of all;green;Hillside;0
observatory;60000;101;Telescope for the school;culture;Hillside;0
bus;75000;126;"Bus shelters; with benches";streets;Hillside;0
bridge;50000;46;Lamps on the mill bridge;streets;Mill Island;0
wheel;30000;42;The mill wheel turns again;culture;Mill Island;0
orchard;15000;43;Orchard on the north bank;green;Mill Island;0
playground;25000;48;Water playground;sport;Mill Island;0
trams;180000;84;Roofs for all tram stops;streets;all;0
bees;10000;85;Bee meadows along the roads;green;all;0
VOTES
voter_id;age;neighborhood;vote
1;54;Harbour;crane,rowing,cinema
2;52;Old Town;arcade,courts,cobbles
3;30;Mill Island;bridge,wheel
4;80;Harbour;rowing,dunes,cycling,cinema
5;73;Harbour;quay,crane,cinema,vineyard
6;55;Old Town;square,clock,chestnuts,fountain,cobbles
7;63;Harbour;chestnuts,quay,rowing,dunes,bus,bees
8;20;Old Town;square,arcade,clock,chestnuts,courts,cinema
9;57;Old Town;square,arcade,clock,chestnuts,bus
10;65;Old Town;square,clock,chestnuts,fountain,cobbles,vineyard
11;41;Old Town;arcade,clock,courts,cobbles
12;67;Harbour;quay,crane,rowing,dunes,cycling,cinema
13;74;Old Town;square,clock,chestnuts,cobbles
14;65;Old Town;chestnuts,fountain,courts,quay,dunes,steps
15;83;Harbour;square,quay,crane,dunes,cycling,cinema,observatory
16;75;Hillside;clock,steps,observatory,bus
17;63;Harbour;courts,crane,dunes,cycling
18;61;Mill Island;orchard
19;37;Old Town;arcade,clock,chestnuts,fountain,courts,cobbles,bees
20;64;Old Town;arcade,clock,fountain,courts,cobbles
21;38;Old Town;square,arcade,fountain,courts
22;67;Old Town;arcade,clock,chestnuts,bees
23;29;Old Town;square,arcade,fountain,courts,cobbles,cinema
24;74;Old Town;clock,chestnuts,cobbles,slope,steps,trams
25;78;Mill Island;wheel,playground
26;77;Old Town;square,arcade,clock,chestnuts,fountain,courts,cobbles,bus
27;59;Hillside;slope,steps,observatory,bus
28;79;Mill Island;playground
29;34;Mill Island;bridge,wheel,playground
30;29;Old Town;square,fountain
31;76;Mill Island;bridge,wheel
32;30;Old Town;clock,chestnuts,fountain,courts,cobbles,slope
33;44;Old Town;fountain,courts,dunes,bees
34;57;Old Town;clock,fountain,cobbles
35;16;Mill Island;wheel,playground,trams
36;81;Hillside;steps,vineyard,observatory,bus
37;72;Harbour;square,courts,quay,rowing,dunes
38;17;Harbour;quay,crane,rowing,dunes,cycling,cinema
39;73;Old Town;arcade,clock,fountain,courts,observatory
40;21;Old Town;clock,courts,cobbles,steps
41;63;Old Town;arcade,clock,observatory
42;16;Harbour;dunes,cycling,slope,vineyard,bees
43;30;Mill Island;wheel,playground
44;44;Hillside;chestnuts,dunes,vineyard,observatory,bus
45;62;Harbour;rowing,cycling
46;69;Harbour;square,cobbles,quay,rowing,dunes,cycling,cinema,bus
47;53;Old Town;square,chestnuts,courts,cobbles,steps
48;37;Old Town;square,arcade,fountain,courts,cobbles,dunes
49;77;Harbour;clock,fountain,quay,dunes,cycling,vineyard,bees
50;54;Mill Island;orchard
51;35;Harbour;square,rowing,vineyard,bus
52;69;Old Town;courts
53;40;Hillside;slope,steps,observatory
54;51;Old Town;arcade,chestnuts,fountain
55;58;Harbour;quay,crane,rowing,dunes,observatory
56;58;Harbour;cycling,slope
57;68;Hillside;slope,observatory,bus
58;69;Old Town;square,arcade,clock,chestnuts,fountain,cycling
59;45;Harbour;quay,dunes,steps
60;30;Old Town;clock,cobbles,cycling
61;47;Old Town;square,clock,chestnuts,fountain,quay,dunes,vineyard,bees
62;66;Mill Island;bridge,wheel,orchard,playground
63;26;Mill Island;bridge,orchard
64;37;Old Town;arcade,clock,cobbles,crane,cinema
65;66;Mill Island;bridge,wheel,orchard,playground
66;22;Hillside;chestnuts,vineyard,bus
67;33;Mill Island;bridge,playground
68;54;Old Town;clock,fountain,cobbles
69;68;Hillside;cinema,slope,observatory,bees
70;24;Harbour;rowing,cycling,vineyard
71;54;Old Town;arcade,clock,cinema,observatory,trams
72;21;Mill Island;orchard,playground,trams
73;71;Old Town;square,arcade,clock,fountain,courts,vineyard
74;54;Old Town;square,arcade,clock,cobbles
75;68;Hillside;steps,vineyard,bus
76;75;Old Town;clock,chestnuts,fountain,courts,cobbles,vineyard,bus
77;54;Hillside;square,steps,vineyard,observatory
78;25;Harbour;fountain,rowing,dunes,cycling,cinema,trams,bees
79;74;Mill Island;bridge,orchard
80;35;Hillside;chestnuts,dunes,cycling,observatory,bus,trams
81;31;Harbour;quay,crane,rowing,dunes,cinema,steps,vineyard
82;31;Old Town;square,chestnuts,cobbles,quay,steps
83;43;Harbour;cobbles,crane,rowing,dunes,cycling,steps
84;78;Mill Island;bridge,wheel,playground
85;70;Mill Island;bridge,wheel,orchard,playground
86;18;Old Town;square,arcade,clock,chestnuts,courts,dunes,trams
87;32;Hillside;slope,steps
88;26;Old Town;arcade,clock,chestnuts,fountain,courts,rowing
89;56;Hillside;cycling,slope,steps,vineyard,observatory
90;41;Harbour;dunes,cycling,observatory
91;29;Harbour;rowing,dunes,cinema,trams
92;59;Mill Island;wheel
93;34;Hillside;square,observatory,bus,bees
94;40;Old Town;square,clock,chestnuts,fountain
95;80;Old Town;square,arcade,clock,chestnuts,cobbles,trams
96;55;Old Town;square,fountain,cobbles,bus,trams
97;74;Old Town;arcade,clock,chestnuts,courts,slope,steps,vineyard
98;64;Old Town;square,arcade,clock,fountain,cobbles,bus,trams
99;20;Harbour;crane,rowing,dunes
100;50;Mill Island;bridge,playground
101;73;Old Town;square,clock,chestnuts,fountain,cobbles,dunes,vineyard
102;75;Hillside;chestnuts,steps,vineyard,observatory,bus,trams,bees
103;52;Old Town;square,clock,chestnuts,cobbles,cycling,trams
104;18;Mill Island;bridge
105;78;Harbour;quay,dunes,cycling,steps,vineyard,bus,trams,bees
106;43;Hillside;clock,cobbles,quay,slope,steps,vineyard,observatory,bus,trams
107;56;Harbour;crane,rowing,cinema
108;35;Old Town;square,clock,fountain,cobbles,dunes,cycling,bus
109;67;Old Town;square,chestnuts,fountain,cobbles,quay,rowing,slope
110;16;Old Town;chestnuts,fountain,cobbles,cycling,bees
111;71;Old Town;square,chestnuts,courts,vineyard,bus
112;35;Hillside;square,chestnuts,steps
113;51;Hillside;slope,steps,bus
114;85;Old Town;arcade,fountain,cobbles,cinema,bus,bees
115;52;Harbour;dunes,cinema,slope
116;82;Old Town;arcade,clock,chestnuts,fountain,bees
117;22;Mill Island;playground
118;19;Mill Island;bridge,wheel,orchard,playground
119;27;Harbour;rowing,dunes,cycling,cinema,vineyard
120;29;Mill Island;bridge,orchard,playground,trams
121;35;Mill Island;wheel,orchard,playground,trams
122;72;Hillside;chestnuts,fountain,vineyard,bus
123;38;Harbour;dunes,cinema
124;57;Old Town;clock,courts,crane,rowing,dunes
125;25;Old Town;square,arcade,chestnuts,cobbles,dunes,vineyard
126;46;Mill Island;bridge,wheel
127;23;Old Town;arcade,clock,fountain,courts,cobbles,trams
128;54;Mill Island;wheel,orchard,playground
129;72;Old Town;square,arcade,fountain,cobbles,bees
130;61;Mill Island;orchard,playground
131;20;Old Town;square,arcade,courts,cobbles,slope
132;43;Old Town;chestnuts,fountain,courts,rowing,slope,bus,bees
133;67;Harbour;arcade,crane,rowing,cycling
134;18;Old Town;arcade,chestnuts,fountain,courts,cobbles,steps,observatory
135;26;Old Town;arcade,clock,chestnuts,courts,crane
136;38;Mill Island;bridge,wheel
137;38;Old Town;square,arcade,clock,chestnuts,courts,slope
138;19;Harbour;crane,rowing,dunes,cycling
139;34;Harbour;courts,crane,cinema
140;36;Hillside;quay,slope,vineyard,trams,bees
141;29;Old Town;arcade,clock,courts,quay,crane,cinema
142;77;Harbour;quay,rowing,dunes,cinema
143;78;Hillside;rowing,slope,steps,vineyard,observatory,bus
144;30;Old Town;square,chestnuts,courts,cobbles,dunes
145;65;Hillside;fountain,cobbles,dunes,cinema,observatory,bees
146;44;Hillside;chestnuts,fountain,slope,bus
147;66;Hillside;square,fountain,cycling,slope,steps,vineyard,observatory
148;70;Old Town;chestnuts,fountain,cobbles,dunes
149;66;Mill Island;orchard,trams
150;76;Old Town;square,arcade,clock,fountain,dunes,steps,bus
151;67;Hillside;chestnuts,observatory
152;69;Hillside;square,vineyard,observatory,bus
153;77;Old Town;square,chestnuts,courts,cobbles,bus,trams
154;75;Hillside;fountain,cycling,cinema,slope,vineyard,observatory,bus,bees
155;61;Harbour;chestnuts,crane,dunes,cycling,vineyard
156;66;Old Town;arcade,chestnuts,fountain,slope,bus
157;44;Old Town;arcade,clock,fountain,courts
158;81;Harbour;dunes,cycling,slope,bees
159;75;Old Town;clock,chestnuts,crane
160;62;Harbour;quay,crane,cycling,cinema
161;75;Harbour;quay,crane,cycling,cinema,bus,trams
162;64;Old Town;square,arcade,fountain,cobbles
163;68;Old Town;square,arcade,chestnuts,fountain,courts,quay,bus
164;50;Harbour;fountain,quay,crane,cycling,steps,trams
165;56;Old Town;square,arcade,chestnuts,fountain,vineyard
166;17;Hillside;slope,observatory
167;22;Old Town;square,arcade,clock,cobbles,bees
168;43;Mill Island;bridge,playground
169;36;Hillside;arcade,chestnuts,crane,cinema,steps,vineyard,bus
170;66;Old Town;square,arcade,clock,fountain,courts,crane,cycling
171;77;Hillside;quay,cinema,slope,vineyard,observatory
172;53;Hillside;observatory,bus
173;44;Harbour;courts,cobbles,crane,rowing,dunes,cycling,vineyard,trams,bees
174;65;Harbour;chestnuts,rowing,cinema,vineyard,trams,bees
175;62;Harbour;rowing,dunes,cycling,cinema,observatory
176;78;Mill Island;bridge,wheel
177;82;Harbour;square,quay,crane,rowing,cycling,bus
178;72;Mill Island;wheel,playground,trams
179;21;Old Town;fountain,courts,bus
180;26;Harbour;quay,crane,cinema,bus
181;30;Old Town;square,arcade,chestnuts,fountain,cobbles,bees
182;69;Harbour;quay,dunes,cycling,steps
183;36;Old Town;square,chestnuts,fountain,courts
184;70;Old Town;arcade,slope,bees
185;81;Old Town;chestnuts,courts
186;55;Old Town;square,arcade,chestnuts,courts,cobbles,observatory
187;55;Hillside;chestnuts,vineyard,observatory
188;65;Hillside;courts,slope
189;23;Hillside;fountain,cycling,steps,vineyard,observatory,bus
190;18;Old Town;square,chestnuts,fountain,courts,bees
191;33;Old Town;chestnuts,fountain,courts,cobbles,rowing
192;42;Old Town;arcade,clock,chestnuts,cinema,bus
193;76;Hillside;quay,cycling,slope,steps,bus,trams
194;28;Harbour;crane,rowing,dunes,cycling,vineyard
195;71;Harbour;cobbles,crane,rowing,dunes,cycling,bees
196;25;Hillside;slope,steps,vineyard
197;29;Old Town;square,arcade,chestnuts,courts,bus
198;81;Hillside;courts,bees
199;33;Hillside;chestnuts,courts,cinema,slope,vineyard,observatory
200;79;Hillside;steps,bus
201;65;Old Town;arcade,clock,fountain
202;46;Mill Island;orchard,playground
203;66;Hillside;cycling,steps,vineyard,bus,bees
204;74;Old Town;square,chestnuts,fountain,courts,cobbles,quay,cycling,bus
205;34;Old Town;square,arcade,clock,chestnuts,fountain,dunes
206;51;Hillside;courts,steps,vineyard,observatory,bus
207;78;Harbour;dunes
208;44;Hillside;square,slope,steps,vineyard,bus,trams,bees
209;36;Harbour;quay,crane,rowing,dunes,cycling,steps,bus
210;72;Hillside;slope,steps,vineyard,observatory,bus
211;60;Old Town;square,chestnuts,fountain,cobbles,quay,trams
212;58;Hillside;arcade,cobbles,cinema,steps,observatory,bus
213;45;Old Town;square,arcade,clock,chestnuts,courts,bees
214;85;Harbour;crane,rowing,dunes,cinema
215;46;Hillside;slope,observatory
216;73;Old Town;square,arcade,clock,fountain,crane,slope,observatory,bees
217;66;Hillside;fountain,slope,steps,observatory
218;71;Old Town;square,clock,chestnuts,cobbles,vineyard
219;55;Hillside;courts,crane,slope,observatory
220;39;Mill Island;bridge,wheel,orchard
221;25;Mill Island;orchard,playground
222;40;Hillside;quay,cycling,slope,steps,vineyard,bus,trams
223;65;Old Town;square,clock,cobbles,crane,trams
224;67;Harbour;square,crane,rowing,cycling
225;83;Harbour;square,quay,crane,rowing,dunes,cycling
226;27;Old Town;square,arcade,clock,chestnuts,fountain,courts,cobbles,cinema,slope
227;61;Hillside;crane,cinema,slope,steps,vineyard,observatory,bus
228;47;Harbour;dunes,cinema,vineyard
229;19;Old Town;fountain,dunes,vineyard,bus
230;46;Hillside;slope,vineyard,observatory
231;35;Old Town;clock,chestnuts,fountain,cobbles
232;54;Harbour;crane,rowing,cinema,slope
233;39;Old Town;arcade,chestnuts,courts,cinema,bees
234;64;Hillside;clock,rowing,slope,steps,trams
235;80;Old Town;square,arcade,clock
236;25;Hillside;arcade,fountain,slope,steps,vineyard,observatory,bus
237;30;Mill Island;bridge,wheel
238;19;Hillside;cobbles,slope
239;34;Harbour;crane,dunes,cycling,cinema
240;58;Harbour;chestnuts,dunes,cycling,bees
241;48;Harbour;crane,rowing,dunes,cycling,vineyard
242;70;Harbour;dunes,cycling,cinema,vineyard,observatory,bees
243;76;Old Town;square,clock,courts,bees
244;22;Old Town;chestnuts,cobbles,quay,bus,trams
245;19;Hillside;square,cycling,steps,bus
246;40;Harbour;chestnuts,cobbles,quay,rowing,dunes,cycling,observatory
247;62;Old Town;square,chestnuts,cobbles
248;46;Old Town;square,chestnuts,fountain,courts,cycling,observatory,bus,trams
249;18;Hillside;clock,crane,cinema,slope,steps,observatory,bus
250;37;Old Town;square,arcade,fountain,bees
251;42;Old Town;square,arcade,cobbles,quay,cycling,bus
252;84;Harbour;courts,crane,rowing,cycling,cinema,vineyard
253;56;Mill Island;bridge,bees
254;64;Hillside;slope,steps,bus
255;31;Old Town;square,arcade,clock,fountain,courts,crane,cinema,trams
256;74;Mill Island;bridge,wheel,playground
257;63;Old Town;arcade,clock,cobbles,quay,steps
258;33;Harbour;cycling,cinema,steps,trams
259;59;Hillside;slope,bus
260;25;Harbour;quay,rowing,cycling,cinema,trams
261;26;Harbour;arcade,quay,crane,rowing,dunes,cinema
262;39;Hillside;slope,steps,observatory
263;74;Hillside;square,cycling,cinema,slope,vineyard,bus
264;42;Harbour;square,quay,rowing,dunes
265;65;Old Town;square,clock,chestnuts,courts,cobbles,rowing,trams
266;75;Old Town;square,cobbles
267;62;Old Town;square,arcade,clock,chestnuts,fountain,courts,cobbles,trams
268;30;Old Town;fountain,cobbles,bees
269;78;Old Town;square,clock,chestnuts,courts,cobbles,quay,steps,bus
270;51;Hillside;arcade,clock,cobbles,cycling,cinema,slope,steps,observatory
271;80;Harbour;cobbles,crane,rowing,cycling,cinema,steps
272;28;Hillside;rowing,slope,steps,observatory
273;21;Hillside;slope,steps,vineyard,bus
274;19;Harbour;arcade,clock,quay,crane,rowing,dunes,cinema,bees
275;44;Old Town;square,arcade,clock,chestnuts,fountain,cobbles,quay
276;27;Old Town;square,chestnuts,courts,cobbles,quay,cycling,steps,bus
277;58;Old Town;square,clock,cobbles,cycling,steps
278;42;Old Town;square,arcade,chestnuts,fountain,courts,vineyard
279;25;Harbour;quay,crane,rowing,cycling,slope
280;61;Harbour;quay,crane,rowing,dunes,cycling,cinema
281;69;Old Town;square,arcade,clock,chestnuts,courts,cobbles,cycling,observatory
282;78;Harbour;clock,rowing,dunes,cycling,cinema,observatory
283;73;Harbour;quay,crane,dunes,cinema,observatory,trams
284;62;Old Town;square,clock,fountain,courts,cobbles,cinema
285;25;Mill Island;bridge,orchard,bees
286;41;Hillside;cobbles,rowing,slope,steps,vineyard,observatory,bus
287;39;Mill Island;bridge,playground
288;62;Hillside;square,quay,steps,observatory,bus
289;44;Harbour;chestnuts,cobbles,crane,cycling,trams
290;48;Mill Island;bridge,wheel,orchard,bees
291;47;Harbour;quay,rowing,cycling,cinema
292;16;Harbour;fountain,courts,crane,dunes,cycling
293;54;Harbour;clock,courts,rowing,cycling,trams
294;29;Harbour;square,cobbles,crane,dunes,cycling,cinema,bus
295;78;Old Town;square,arcade,clock,fountain,cobbles,vineyard,bees
296;70;Old Town;square,arcade,fountain,courts,cobbles,rowing,bees
297;69;Harbour;crane,dunes,cinema
298;56;Old Town;arcade,clock,fountain,cobbles,trams
299;54;Mill Island;bridge,wheel,orchard,playground
300;31;Harbour;crane,rowing,dunes,cinema
301;52;Old Town;arcade,chestnuts,fountain,courts,cobbles,slope,vineyard,trams
302;55;Mill Island;bridge,wheel,playground
303;73;Hillside;arcade,rowing,slope,steps,bus
304;60;Harbour;fountain,rowing,trams
305;61;Old Town;square,arcade,clock,fountain,courts,cobbles,rowing,trams
306;64;Mill Island;bridge,wheel,orchard,playground
307;40;Old Town;square,clock,courts,cobbles,bees
308;18;Harbour;arcade,rowing,dunes,cycling,cinema
309;47;Old Town;square,arcade,courts,cobbles
310;64;Old Town;square,arcade,clock,chestnuts,fountain,cobbles,crane,steps,trams
311;26;Old Town;chestnuts,bees
312;35;Old Town;square,arcade,clock,chestnuts,fountain,courts,cobbles,vineyard,bus
313;40;Harbour;quay,rowing,dunes,cinema
314;68;Old Town;fountain,cobbles
315;84;Old Town;arcade,clock,fountain,courts
316;79;Old Town;arcade,chestnuts,courts,vineyard
317;64;Old Town;square,clock,courts,cobbles
318;24;Mill Island;orchard,trams,bees
319;44;Hillside;rowing,slope,steps,vineyard
320;35;Harbour;rowing,cycling,steps
321;21;Hillside;fountain,rowing,cycling,vineyard,observatory,bus,trams,bees
322;39;Old Town;square,arcade,clock,chestnuts,fountain,cobbles
323;18;Old Town;square,arcade,clock,chestnuts,observatory
324;63;Old Town;square,clock,chestnuts,courts,cobbles,rowing
325;55;Harbour;fountain,crane,cycling,steps,bus
326;55;Old Town;square,chestnuts,fountain,courts,cobbles,vineyard,trams
327;38;Harbour;quay,crane,rowing,cycling,vineyard,bus,trams
328;45;Harbour;quay,crane,dunes,cycling
329;29;Harbour;quay,rowing,cinema,vineyard
330;27;Hillside;dunes,slope,steps,bus,bees
331;78;Harbour;cobbles,quay,crane,dunes,cycling
332;73;Hillside;arcade,steps,vineyard,observatory,bus
333;28;Old Town;chestnuts,fountain,cobbles,crane,slope
334;52;Mill Island;bridge,wheel,orchard
335;85;Harbour;dunes,cycling,cinema,bees
336;37;Old Town;square,arcade,clock,chestnuts,fountain,courts,cobbles
337;41;Mill Island;bridge,wheel,trams,bees
338;77;Old Town;square,fountain,courts
339;85;Mill Island;wheel,playground,trams
340;21;Harbour;fountain,quay,rowing,cycling,trams
341;47;Old Town;square,arcade,clock,chestnuts,courts,cobbles,rowing,vineyard
342;64;Old Town;clock,chestnuts,fountain,courts,cobbles,quay
343;28;Harbour;rowing,dunes,cinema,steps
344;22;Mill Island;wheel,playground
345;80;Old Town;clock,cobbles,dunes
346;45;Old Town;clock,chestnuts,fountain,courts,cobbles,quay,bees
347;51;Old Town;square,arcade,clock,courts,cobbles,rowing,observatory,bees
348;55;Harbour;clock,crane,dunes,cycling,bus
349;60;Harbour;crane,rowing,vineyard
350;29;Old Town;arcade,clock,chestnuts,bus
351;20;Hillside;chestnuts,slope,steps,observatory,bus
352;31;Old Town;square,arcade
353;38;Old Town;arcade,clock,chestnuts,fountain,courts,cobbles,dunes
354;84;Harbour;square,courts,cobbles,quay,crane,rowing,cycling,cinema,steps
355;22;Hillside;courts,slope,vineyard,bus
356;63;Mill Island;orchard
357;39;Old Town;clock,fountain,cobbles,bees
358;31;Old Town;square,arcade,clock,rowing
359;49;Harbour;cobbles,crane,rowing,dunes,cycling,cinema,trams
360;83;Old Town;square,arcade,clock,fountain,courts,bees
361;17;Hillside;courts,steps,vineyard
362;75;Old Town;square,chestnuts,courts,cobbles,vineyard
363;83;Hillside;square,quay,steps,observatory,bus
364;19;Harbour;fountain,dunes
365;74;Old Town;square,courts,cobbles,rowing
366;50;Hillside;arcade,steps,vineyard,observatory,bus,trams
367;37;Harbour;chestnuts,crane,rowing,cycling,cinema,observatory,bees
368;56;Hillside;arcade,courts,crane,slope,steps,observatory,bus
369;64;Mill Island;bridge,orchard
370;19;Old Town;square,arcade,chestnuts,courts,cobbles,vineyard,bus
371;18;Old Town;square,arcade,clock,chestnuts,fountain,cobbles,dunes
372;22;Mill Island;bridge,playground,trams
373;20;Mill Island;wheel,orchard,playground
374;73;Harbour;quay,crane,rowing,dunes,cycling,cinema,vineyard
375;41;Hillside;slope,steps,observatory,bus
376;45;Harbour;quay,crane,rowing,dunes,cinema,bees
377;66;Harbour;quay,dunes,cinema,bees
378;34;Old Town;square,arcade,chestnuts,courts,cobbles,crane,trams
379;40;Hillside;steps,observatory,bus
380;48;Hillside;clock,chestnuts,cinema,slope,observatory,bus
381;69;Harbour;arcade,quay,crane,rowing,dunes,cycling,cinema,trams
382;45;Old Town;cobbles,quay
383;61;Mill Island;orchard,playground,trams,bees
384;57;Harbour;crane,rowing,dunes,cinema
385;70;Harbour;quay,crane,dunes,cycling,bees
386;34;Harbour;arcade,quay,rowing,dunes
387;45;Mill Island;bridge,wheel,orchard,playground
388;48;Harbour;crane,rowing,dunes,cycling,observatory
389;71;Old Town;square,arcade,clock,chestnuts,fountain,courts,quay,bees
390;71;Old Town;square,chestnuts,courts,slope,vineyard,bus,trams
391;61;Harbour;quay,crane,rowing,cycling,steps
392;76;Mill Island;bridge
393;52;Harbour;clock,quay,cycling,cinema,bus,trams
394;60;Harbour;quay,rowing,cinema
395;25;Harbour;fountain,crane,cinema
396;76;Old Town;arcade,chestnuts,fountain,courts,cobbles,vineyard
397;61;Harbour;quay,crane,cycling,cinema
398;71;Old Town;clock,chestnuts,fountain,courts,cobbles,trams
399;62;Mill Island;bridge,orchard
400;74;Hillside;dunes,cycling,slope,steps,vineyard,observatory,bus,bees
401;45;Harbour;square,arcade,cobbles,crane,rowing,dunes,cycling,cinema
402;61;Old Town;arcade,clock,chestnuts,courts,cobbles,observatory
403;36;Old Town;square,clock,fountain,dunes,trams
404;23;Old Town;arcade,clock,chestnuts,courts,slope
405;57;Harbour;chestnuts,cycling,cinema
406;23;Harbour;clock,crane,rowing,cycling,cinema,bees
407;77;Hillside;square,slope,vineyard,observatory,bus
408;51;Harbour;crane,rowing,slope
409;72;Hillside;clock,cinema,slope,vineyard,observatory
410;81;Harbour;crane,cycling,cinema,trams
411;58;Mill Island;wheel,orchard,playground
412;71;Old Town;square,arcade,cobbles,steps
413;41;Hillside;clock,cinema,slope,vineyard,observatory
414;21;Old Town;square,arcade,courts,cobbles,rowing,observatory
415;31;Harbour;clock,cobbles,dunes,cinema
416;64;Mill Island;bridge,wheel,orchard
417;79;Old Town;chestnuts,slope
418;53;Mill Island;orchard,playground
419;19;Mill Island;wheel
420;22;Harbour;cobbles,quay,crane,cinema,steps
421;85;Old Town;square,arcade,courts,rowing,cinema,bus,trams
422;77;Harbour;cobbles,quay,crane,rowing,cinema,slope
423;82;Old Town;courts,slope
424;31;Old Town;square,arcade,clock,courts,cobbles,rowing,dunes
425;21;Harbour;square,arcade,cobbles,quay,crane,rowing,dunes,cycling,cinema,steps
426;60;Harbour;quay,rowing,cycling,observatory,trams
427;30;Old Town;arcade,clock,chestnuts,courts,bees
428;54;Harbour;fountain,quay,rowing,cycling,cinema
429;47;Old Town;square,chestnuts,fountain,rowing,dunes
430;57;Mill Island;orchard,playground,trams
431;37;Old Town;square,chestnuts,courts,slope,trams
432;77;Harbour;square,quay,crane,rowing,dunes,cinema,steps
433;75;Old Town;square,clock,chestnuts,fountain,crane
434;42;Old Town;arcade,chestnuts,fountain,courts,cobbles
435;67;Old Town;arcade,clock,chestnuts,cobbles,rowing
436;52;Old Town;square,arcade,fountain
437;68;Old Town;clock,chestnuts,cobbles
438;64;Harbour;quay,crane,rowing,cycling,cinema
439;46;Old Town;clock,chestnuts,fountain,courts,cobbles
440;61;Old Town;square,fountain,cobbles,bus,bees
441;52;Old Town;square,clock,chestnuts,courts,quay
442;39;Mill Island;bridge,playground
443;18;Old Town;chestnuts,fountain,cobbles,dunes
444;45;Hillside;quay,cycling,slope,steps,bus
445;53;Harbour;square,chestnuts,cycling,vineyard
446;34;Old Town;square,courts,cobbles
447;53;Harbour;clock,crane,dunes,cycling,cinema
448;41;Harbour;rowing,dunes,cycling,cinema
449;73;Hillside;courts,slope,steps,vineyard
450;54;Hillside;steps,observatory,bus
451;65;Old Town;clock,cobbles
452;17;Harbour;quay,crane,rowing,cinema
453;58;Old Town;square,arcade,clock,fountain,courts,cobbles
454;85;Harbour;quay,crane,rowing,dunes,cinema
455;32;Old Town;square,chestnuts,fountain,courts,cobbles,quay
456;46;Old Town;arcade,clock,chestnuts,fountain,rowing
457;70;Harbour;cobbles,dunes,cycling,cinema,steps
458;38;Hillside;slope,vineyard,observatory
459;61;Harbour;quay,crane,cycling,vineyard,observatory
460;73;Old Town;fountain,courts,cobbles,slope
461;45;Mill Island;bridge,wheel,playground
462;21;Old Town;square,arcade,chestnuts,courts
463;77;Harbour;chestnuts,fountain,rowing,dunes,cinema,vineyard,trams
464;63;Hillside;steps,vineyard,bus
465;33;Hillside;clock,crane,cinema,slope,steps,vineyard,observatory
466;20;Mill Island;bridge,playground,trams
467;21;Harbour;courts,crane,cinema
468;61;Hillside;chestnuts,quay,slope,steps,vineyard,bus
469;84;Harbour;square,clock,crane,rowing,cycling,steps,vineyard,observatory,bees
470;48;Harbour;rowing,dunes,cycling,cinema
471;47;Harbour;square,quay,crane,rowing,dunes
472;32;Old Town;arcade,chestnuts,fountain
473;67;Hillside;quay,slope,steps,vineyard,observatory
474;20;Harbour;cobbles,rowing,dunes,cycling
475;55;Old Town;square,clock,courts,cobbles,quay,trams
476;32;Mill Island;playground
477;61;Harbour;cobbles,crane,rowing,cycling
478;69;Mill Island;bridge,orchard,playground
479;65;Harbour;chestnuts,cobbles,quay,crane,rowing,cycling,observatory
480;80;Old Town;square,chestnuts,courts,cobbles,crane,slope
481;83;Old Town;fountain,courts,rowing
482;21;Harbour;fountain,cobbles,quay,rowing,cycling
483;47;Harbour;quay,crane,dunes,cycling,observatory,bus
484;82;Hillside;chestnuts
485;64;Mill Island;bridge,wheel,orchard,playground
486;34;Old Town;arcade,cobbles,steps,bus
487;36;Harbour;quay,crane,rowing,dunes,cycling
488;54;Harbour;fountain,cobbles,quay,crane,rowing,cycling,cinema,slope,vineyard
489;71;Mill Island;orchard,playground,trams
490;83;Harbour;arcade,crane,cycling,observatory,bus
491;22;Hillside;cinema,steps,observatory,bus
492;28;Old Town;arcade,clock,courts,cobbles,rowing,cycling,cinema
493;36;Mill Island;bridge,wheel,orchard
494;22;Mill Island;orchard
495;50;Hillside;quay,dunes,slope,steps,vineyard,bus,trams
496;52;Harbour;crane,rowing,dunes,cinema
497;20;Old Town;square,arcade,clock,chestnuts,courts,cobbles,bees
498;55;Hillside;square,slope,steps,observatory,bus
499;69;Mill Island;bridge,wheel,orchard
500;32;Old Town;courts,cobbles
501;27;Harbour;square,arcade,cobbles,quay,rowing,dunes,cycling,observatory,bus
502;71;Harbour;quay,cycling,cinema,bees
503;39;Hillside;arcade,chestnuts,bees
504;84;Old Town;square,arcade,chestnuts,courts,cobbles,cinema
505;56;Harbour;chestnuts,quay,dunes,bees
506;75;Hillside;arcade,steps
507;33;Hillside;slope,steps,vineyard
508;38;Harbour;crane,dunes,cycling,cinema,trams,bees
509;83;Hillside;dunes,slope,vineyard,bus
510;52;Harbour;square,quay,steps,bus
511;59;Harbour;square,quay,crane,rowing,dunes,cycling,bees
512;47;Old Town;arcade,clock,crane,slope,vineyard
513;54;Mill Island;wheel
514;78;Old Town;chestnuts,fountain,courts,dunes
515;81;Harbour;chestnuts,quay,crane,dunes,cycling,cinema,bees
516;34;Hillside;cinema,steps,observatory
517;27;Harbour;arcade,crane,dunes,cinema
518;55;Old Town;arcade,clock,chestnuts,courts,cobbles,crane
519;40;Old Town;square,clock,cobbles,vineyard
520;37;Mill Island;orchard,playground,bees
521;67;Hillside;clock,quay,vineyard,observatory,bus,bees
522;43;Old Town;square,fountain,courts,cobbles,quay,slope
523;83;Harbour;crane,cinema,bees
524;65;Old Town;arcade,clock,cobbles,slope,trams
525;30;Hillside;vineyard,bus
526;32;Harbour;courts,crane,dunes,bees
527;78;Harbour;quay,rowing,dunes,cycling,cinema,trams,bees
528;79;Old Town;arcade,clock,fountain,courts,cobbles,quay,trams
529;39;Hillside;cycling,vineyard,observatory,bus
530;45;Old Town;square,arcade,clock,cobbles,quay,crane,dunes
531;21;Hillside;slope,steps,trams
532;46;Harbour;crane,cinema
533;53;Harbour;square,courts,dunes,cycling,cinema,slope
534;75;Mill Island;bridge,orchard,playground
535;59;Old Town;square,arcade,fountain,courts,cobbles,cycling
536;16;Old Town;square,clock,fountain,courts,bus
537;48;Mill Island;bridge,trams
538;70;Harbour;clock,crane,cinema,trams
539;71;Old Town;square,arcade,clock,chestnuts,cobbles,dunes,steps,vineyard
540;76;Old Town;square,courts,cobbles
541;66;Old Town;square,arcade,cobbles,quay
542;38;Old Town;square,arcade,fountain,cycling,steps
543;52;Old Town;square,arcade,chestnuts,fountain,courts,cobbles,dunes,cycling,slope
544;64;Harbour;clock,crane,dunes,cinema,observatory
545;50;Hillside;square,cobbles,steps,vineyard,observatory,bus
546;31;Mill Island;wheel,orchard,playground
547;18;Hillside;cobbles,quay,steps,vineyard,observatory
548;35;Mill Island;bridge,wheel,orchard
549;40;Harbour;quay,crane,dunes,cycling
550;84;Old Town;square,clock,courts,cobbles,rowing
551;21;Old Town;square,cobbles,bus,bees
552;79;Hillside;square,slope,steps,bus
553;57;Old Town;square,arcade,chestnuts
554;41;Hillside;chestnuts,steps,vineyard,bus
555;81;Hillside;arcade,slope,steps,vineyard
556;61;Hillside;slope,steps,vineyard,observatory,bus
557;70;Harbour;courts,quay,rowing,cinema
558;59;Old Town;square,chestnuts,courts,cobbles,rowing
559;20;Old Town;square,arcade,clock,chestnuts,cobbles,crane
560;40;Old Town;square,arcade,chestnuts,fountain,courts,cobbles
561;73;Hillside;slope,steps,vineyard,bus
562;31;Harbour;arcade,quay,rowing,dunes,cycling,cinema
563;41;Hillside;steps
564;82;Harbour;crane,rowing,dunes,cycling,cinema,bus,bees
565;75;Old Town;chestnuts,courts,cobbles
566;53;Hillside;arcade,cinema,slope,observatory,bus
567;61;Old Town;square,arcade,chestnuts,fountain,courts,cobbles,dunes
568;65;Harbour;rowing,cinema,slope
569;57;Old Town;chestnuts,courts,cobbles,quay
570;47;Harbour;square,crane,cycling,steps,trams
571;24;Old Town;arcade,chestnuts
572;26;Old Town;square,arcade,chestnuts,fountain,cobbles
573;29;Hillside;courts,slope,vineyard,bus
574;48;Hillside;square,chestnuts,fountain,slope,steps,vineyard,bees
575;29;Harbour;quay,crane,rowing,slope,bus
576;84;Old Town;square,arcade,courts,quay,trams
577;67;Hillside;slope,bus
578;78;Old Town;square,clock,fountain
579;83;Harbour;courts,quay,crane,dunes,cycling,cinema,slope,bees
580;50;Old Town;arcade,clock,chestnuts,courts
581;76;Harbour;dunes,cycling,bus,trams
582;80;Harbour;dunes,bees
583;80;Mill Island;playground
584;56;Harbour;cobbles,quay,crane,rowing,dunes,cycling,cinema,steps
585;18;Hillside;quay,cycling,slope,steps,observatory,bus
586;56;Old Town;chestnuts,fountain,courts,cobbles,cycling
587;24;Old Town;arcade,clock,courts
588;61;Old Town;square,clock,chestnuts,courts,cobbles,slope
589;16;Hillside;slope,vineyard
590;27;Mill Island;wheel,playground,bees
591;47;Harbour;courts,crane,cycling,steps
592;54;Hillside;slope,steps,vineyard,observatory,bus
593;63;Old Town;arcade,clock,chestnuts,fountain
594;24;Old Town;arcade,clock,chestnuts,fountain,cobbles,observatory
595;58;Old Town;square,chestnuts,courts,cycling
596;36;Harbour;quay,crane,dunes,cinema
597;76;Hillside;arcade,slope,vineyard,bus
598;55;Hillside;slope,vineyard,observatory
599;42;Harbour;crane,rowing,cycling,cinema,slope
600;31;Old Town;chestnuts,courts,cobbles,crane,rowing,observatory
