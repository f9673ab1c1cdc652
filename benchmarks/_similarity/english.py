"""The grammar of English abstracts: modifiers and words by kind, synonyms, openings of sentences, templates."""

WORDS = {
    "object": (
        "portable, folding, smart, two-layer, detachable, low-cost, waterproof, thrifty, automatic, talking, "
        "miniature, lifting, modular, versatile, child-sized, solar, hand-cranked, silent, non-slip, "
        "thermostatic, on-board, rotating, inflatable, magnetic, hanging, one-piece, degradable, remote, "
        "luminous, telescopic",
        "watering device, curtain, waste bin, school bag, walking stick, desk lamp, fish tank, "
        "blackboard eraser, water dispenser, helmet, umbrella, wheelchair, clothes rack, bird nest, greenhouse, "
        "street light, bus stop sign, parking space, school desk, water tap, baby cot, pill box, door lock, "
        "parcel locker, charging post, solar heater, fire extinguisher, lifebuoy, traffic light, reading corner, "
        "hand basin, compost box, rain collector, wind turbine, filter, grain store, henhouse, beehive, "
        "pond aerator, guide cane, range finder, microscope, telescope, sorting machine, robot hand, drone, "
        "survey boat, sweeper, guard rail, manhole cover, kite, keyboard, step counter, face mask, flask, "
        "tray trolley, steriliser, specimen case, insect trap, music stand",
    ),
    "place": (
        "run-down, newly built, suburban, central, riverside, northern, hillside, nearby, local, coastal, "
        "eastern, western, remote, boarding, ethnic, trackside, lakeside, forest, mining, industrial",
        "campus, neighbourhood, village school, library, canteen, wetland park, food market, bus station, "
        "nursing home, hospital corridor, underground garage, river channel, rice field, tea garden, orchard, "
        "laboratory, dormitory, playground, museum, railway station, reservoir, mountain area, beach, care home, "
        "kindergarten, cinema, building site, old village, inner city, motorway stop",
    ),
    "way": (
        "improved, simplified, two-step, real-time, adaptive, distributed, low-frequency, multichannel, "
        "semi-automatic, contactless, offline, combined",
        "microcontroller control, image recognition, fuzzy control, bluetooth messaging, speech recognition, "
        "deep learning, 3D printing, the internet of things, ultrasonic ranging, infrared sensing, "
        "a controlled experiment, a questionnaire, an orthogonal trial, spectral analysis, "
        "microscopic observation, field work, electrochemical analysis, thin-layer chromatography, immunoassay, "
        "satellite imaging, Monte Carlo simulation, finite element analysis, principal components, "
        "cluster analysis, regression, a literature search, interviews, laser cutting, wireless power, "
        "solar tracking, magnetic levitation, pneumatic drive, hydraulic drive, thermoelectric conversion, "
        "piezoelectric harvesting, microbial culture, tissue culture, gene sequencing, acoustic location, "
        "radio tags",
    ),
    "part": (
        "tiny, precise, digital, sealed, powerful, low-power, second-hand, home-made, two-axis, industrial, "
        "adjustable, surface-mount, imported, domestic, linear, rugged, parallel, glass, steel, ceramic",
        "humidity sensor, soil probe, servo, stepper motor, camera, relay, photoresistor, pressure sensor, "
        "gyroscope, water pump, solenoid valve, liquid crystal display, buzzer, infrared pair, Hall element, "
        "lithium battery, solar panel, gear train, timing belt, spring, float ball, filter core, "
        "activated carbon layer, heat sink, fingerprint module, speech module, positioning module, "
        "ultrasonic probe, load cell, optical fibre, lens, prism, electrode, centrifuge tube, incubator, "
        "petri dish, cuvette, air pump, encoder, microphone array",
    ),
    "stuff": (
        "crushed, dried, fermented, modified, porous, ultrafine, acid-washed, calcined, natural, recycled, "
        "mixed, compressed, granular, soaked, matured, defatted, magnetic, water-repellent, cross-linked, milled",
        "bamboo fibre, rice husk ash, waste plastic, oyster shell, coffee grounds, tea residue, chitosan, "
        "sodium alginate, graphene, titanium dioxide, silica gel, rubber, aluminium alloy, acrylic sheet, straw, "
        "sawdust, eggshell powder, banana peel, pomelo peel, starch, nano silver, zeolite, ceramsite, basalt, "
        "red soil, river sand, sponge, cotton cloth, wool, glass bottles, old newspaper, tyres, silk, beeswax, "
        "mugwort, water chestnut, pothos, water hyacinth, worm castings, yeast",
    ),
    "being": (
        "narrow-leaved, wild, native, potted, young, early, dwarf, white-flowered, purple-leaved, hydroponic, "
        "drought-proof, invasive, captive, wintering, late, salt-tolerant, male, female, biennial, alpine",
        "rice, maize, wheat, rapeseed, tomato, strawberry, cabbage, mung bean, ants, honeybees, earthworms, "
        "fruit flies, zebrafish, crayfish, pond snails, egrets, sparrows, geckos, frogs, butterflies, "
        "rhinoceros beetles, mealworms, planarians, water fleas, ginkgo, camphor trees, osmanthus, lotus, reeds, "
        "mangroves, moss, lichens, mushrooms, wood ear, lactic acid bacteria, coliform bacteria, penicillium, "
        "blue-green algae, diatoms, creeper",
    ),
    "measure": (
        "mean, peak, initial, relative, specific, daily, final, nightly, total, momentary, surface, single, "
        "overall, effective, residual, steady",
        "germination rate, response time, recognition accuracy, energy use, adsorption rate, "
        "light transmittance, noise level, water content, growth speed, survival rate, turbidity, "
        "dissolved oxygen, acidity, chlorophyll content, voltage, rotation speed, error, tensile strength, "
        "degradation rate, insulation time, water use, recovery rate, passing time, myopia rate, sleep duration, "
        "satisfaction, cost, load, flight time, inhibition zone, egg count, plant height, root length, "
        "odour score, conductivity, viscosity, heating value, reflectance, signal strength, failure rate",
    ),
    "people": (
        "neighbouring, elderly, inexperienced, familiar, several, participating, keen, busy, interviewed, "
        "attending, careless, distant",
        "classmates, younger pupils, blind people, old people living alone, street cleaners, fruit growers, "
        "fishermen, delivery riders, nurses, canteen staff, children left behind, bus drivers, librarians, "
        "guards, pregnant women, wheelchair users, breeders, tea growers, couriers, visitors",
    ),
    "unit": (
        "",
        "millilitres, centimetres, degrees, minutes, watts, grams, lux, decibels, milligrams per litre, times",
    ),
    "when": (
        "",
        "in the morning, at dusk, in the rainy season, in the summer heat, in winter, during breaks, "
        "after school, at night, at weekends, after typhoons, in spring, over the winter holiday",
    ),
}

ALIKE = """
We|Our group|The team|My partner and I; we|our group|the team; often|regularly|time and again|usually;
struggle|have trouble|are unhappy; noticed|found|observed|saw; problem|difficulty|nuisance|worry;
presents|introduces|describes|offers; built|made|assembled|put together; new|improved|simple|compact;
study|work|investigation|project; examines|explores|looks into|asks; affects|changes|influences|alters;
amount|dose|quantity|share; propose|suggest|recommend; gathered|collected|obtained;
recorded|noted|written down|measured; raised|increased|lifted|improved; best|highest|greatest;
significant|clear|marked; altered|rebuilt|modified|revised; without fault|smoothly|without a break;
far less than|a fraction of the price of|much below; add|bring in|include; help|support|reach;
weakness|shortcoming|limit; learnt|mastered|practised; compare|contrast|rank; placed|put|kept;
starts|switches on|wakes; watched|followed|monitored; sorted|classified|labelled; waste|lose|throw away;
heavy|bulky|clumsy; common|popular|cheap; use|employ|apply; hard|awkward|tiring; active|lively|mobile;
idea|thought|motive; aim|goal|purpose; therefore|thus|accordingly; needs|wants|requires; pupils|members|students;
give|provide|deliver; Next|Afterwards|In future; agree|coincide|match
"""

ASIDES = """
With our teacher's advice,; After long debate,; Inspired by a textbook,; Out of curiosity,;
With my father's help,; In our spare time,; Following the national standard,; For safety,; To save money,;
At first,; Later on,; In fact,; From assembly to tuning,; According to the manual,; After several failures,;
Because of the weather,; On the whole,; As planned,; Leaving chance aside,; With permission,
"""

TEMPLATES = """
{people} at the {place} often struggle with the {object}, above all {when}.
We noticed that after {n} years the {object} in our {place} has a much worse {measure}.
The {measure} of {being} at the {place} stays low {when} and nobody knows why.
Last year I saw {people} pushing a heavy {object} across the {place}, which gave me the idea.
Most products rely on {way} and cost over {n} yuan, too much for {people}.
According to {people}, broken parts of the {object} waste {n} {unit} each month.
Although {way} has become common, the {measure} of the {object} is still a problem.
A great deal of {stuff} is thrown away around the {place}.
Few have asked how {being} respond to {stuff}.
Among {n} papers we read, hardly any applied {way} to a {object}.
My grandparents find the {object} at home hard to use.
Why are {being} more active {when}? This question led us to the {place}.

This project presents a {object} based on {way} for the {place}.
We built a new {object} from {stuff} and a {part}.
Taking {being} as subject, the study examines how {stuff} affects {measure}.
A {part} under the {object} senses what {people} need by means of {way}.
Our team wanted to learn how the {measure} of {being} depends on the amount of {stuff}.
The work joins a {part}, a {part} and a {part} in a case made of {stuff}.
We therefore propose {way} instead of tending the {object} by hand.
So I set out to make a {object} that adjusts its own {measure}.
Data gathered through {way} let the {part} open and close the {object}.
The aim is to compare the {measure} of {being} under {n} kinds of {stuff}.
Pressed into thin sheets, {stuff} replaces the {part} of the {object}.
For {n} days we carried out {way} around the {object}.

There were {n} groups of {n} samples, and {measure} was recorded {when}.
First {way} gave the {measure}, then the share of {stuff} was varied {n} times.
We handed {n} forms to {people} at the {place} and got {n} back.
Every {n} minutes the {part} takes a sample that {way} turns into a curve.
We placed {being} into a vessel with {stuff} at {n} {unit}.
Whenever the {part} reads below {n} {unit}, the program starts the {part}.
Taking an old {object} apart, we measured, drew and printed every piece.
The control received no {stuff} and was watched for {n} days.
Two pupils measured the {measure} independently and the mean was kept.
Samples were ground, sieved, dried, and {n} grams mixed with {stuff}.
In the circuit the {part} stands in series with the {part}, fed by a {part}.
Of {n} photographs sorted with {way}, {n} served as a check.

It turned out that {stuff} raised the {measure} of {being} by {n} percent.
In tests the {object} reached a {measure} of {n} {unit}, a gain of {n} percent.
At {n} percent of {stuff} the {measure} was best and then fell.
After {n} days, {n} percent of the {people} wished to keep the {object}.
The difference in {measure} was significant.
Both {way} and {way} agree within {n} percent on {measure}.
The altered {object} ran for {n} hours without fault.
To our surprise the {measure} of {being} did not change {when}.
Ours costs only {n} yuan, far less than a bought {object}.
Across the {place} the {measure} differs by {n} {unit}.
Adding a {part} cut the {measure} from {n} to {n} {unit}.
Out of {n} series {n} support the first guess.

Later we plan to add {way} to make the {object} smarter.
It can serve the {place} and help more {people}.
One weakness is that the {part} gets damp {when}.
This offers the {place} a new use of {stuff}.
Next we will study {being} under other levels of {measure}.
We made {n} suggestions about the {object} of the {place}.
What is new is the union of {stuff} with a {part}.
Being simple and cheap, it suits {people} at home.
With another {part} it could be half the size.
Through this work we learnt {way} and came to know {being} better.
"""
