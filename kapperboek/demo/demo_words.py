"""Words that a made-up salon is made of: names, streets, treatments and things people say. Nobody here exists."""

from __future__ import annotations

# Given names by sex and by when they were given: born before 1955, 1955–1985, 1985–2005, after.
WOMEN = (
    "Annie Truus Gerda Riet Corrie Greet Jannie Willemien Hennie Bep Tonnie Dinie Mien Grietje Alie Roelie Hillie"
    " Fenna Aaltje Geesje Wietske Klaasje Nel Sjaan Toos Lies Ria Joke Tineke Ans",
    "Marja Ellen Petra Monique Karin Astrid Ingrid Jolanda Anita Yvonne Mirjam Wilma Bianca Carla Esther Sandra"
    " Marjolein Annemarie Heleen Saskia Marloes Patricia Angelique Fatima Najat Naima Ayşe Hatice Silvia Margriet",
    "Lisa Kim Sanne Femke Lotte Marieke Anouk Iris Laura Nienke Eline Roos Maaike Inge Judith Danique Romy Samira"
    " Yasmina Esra Merve Chantal Priscilla Lieke Manon Denise Rianne Carlijn Floor Isa",
    "Emma Julia Sophie Mila Tess Zoë Saar Nora Fleur Evi Lynn Noor Yara Liv Elin Fenna Jasmijn Amira Inaya Sofia"
    " Lina Maud Bo Pien Hanna Lauren Feline Puck Loïs Senna",
)
MEN = (
    "Henk Gerrit Jan Piet Wim Cor Geert Harm Roelof Klaas Berend Albert Hendrik Evert Jaap Teun Siebe Gradus Herman"
    " Arend Bertus Lammert Jannes Rinus Ab Joop Dirk Willem Egbert Frits",
    "Hans Rob Peter Marcel Erik Ronald Frank René Edwin Jeroen Paul Arjan Dick Martin Richard André Michel Ruud"
    " Theo Ahmed Mohamed Mustafa Ali Hassan Gerard Leo Ton Wilfred Robert Kees",
    "Mark Bas Tim Niels Joost Daan Rick Wouter Sander Stefan Jasper Thijs Youssef Emre Bilal Mehmet Kevin Dennis"
    " Jordy Roy Maarten Bram Koen Stijn Bart Ruben Lars Mike Jelle Tom",
    "Noah Levi Finn Sem Luuk Jesse Milan Thijn Adam Mees Siem Boaz Guus Otis Ayoub Zayn Kai Morris Jens Hugo Mats"
    " Teun Lucas Ties Gijs Olivier Xavi Floris Senn Joep",
)
FAMILY_NAMES = (
    "Jansen|Janssen|de Vries|de Jong|van den Berg|Bakker|van Dijk|Visser|Smit|Meijer|Meyer|de Boer|Mulder|de Groot|"
    "Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Dykstra|Smits|de Graaf|van der Meer|"
    "van der Linden|Kok|Jacobs|de Haan|Vermeulen|van den Heuvel|van der Veen|van den Broek|de Bruijn|de Bruin|"
    "van der Heijden|Schouten|van Beek|Willems|van Vliet|van de Ven|Hoekstra|Maas|Verhoeven|Koster|van Dam|"
    "van der Wal|Prins|Blom|Huisman|Peeters|de Jonge|Kuipers|Kuiper|van Veen|Post|Postma|Gerritsen|Veenstra|Kramer|"
    "van den Brink|Scholten|van Wijk|Bosman|van der Ploeg|Zijlstra|Timmermans|Martens|Boersma|van der Velde|"
    "Hofman|Hofstra|Groen|Wolters|Molenaar|Bosch|van Loon|Sanders|Hermans|de Lange|ter Horst|ten Brinke|ten Cate|"
    "op den Kamp|in 't Veld|van 't Hoff|van 't Hof|Oosterhuis|Westerhof|Nijhuis|Nijboer|Eshuis|Lansink|Wessels|"
    "Kroeze|Slot|Reinders|Otten|Schipper|Evers|Lubbers|Bolks|Spijkerman|Schuurman|el Amrani|el Idrissi|Haddou|"
    "Bouzidi|Yılmaz|Kaya|Demir|Öztürk|Nguyen|Kowalski|da Silva|Pinas|Tuhuteru|Ramdin|Benali|Amezian"
).split("|")
NAME_STARTS = (
    "Ooster Wester Noorder Zuider Nieuw Oude Groot Klein Hooge Lage Berg Dal Water Veen Heide Bos Eik Linde Olm Wilgen"
    " Brand Brink Kerk Molen Meulen Kamp Hof Haver Rogge Gerst Boek Krom Lange Korte Zand Klei Steen Vaar Wijn Honds"
    " Ree Vos Havik Kraai Zwaan Elze Dorn Hage Mars Midden Ruiten Schaap Stal Wol Win Roos Leeuw Pauw Schild"
).split()
NAME_ENDS = (
    "huis kamp veld hof man berg dijk meijer stra sma inga ink horst broek brink burg beek mans water wijk laan"
    " graaf boer voort donk loo winkel maat rijk stede zicht bosch kuil esch schot"
).split()
PREFIXES = ("", "", "", "", "", "", "van", "van de", "van der", "te", "ter", "op de")

# (place, postcode area, telephone area)
PLACES = (
    ("Zwolle", "801", "038"), ("Zwolle", "802", "038"), ("Zwolle", "803", "038"), ("Kampen", "826", "038"),
    ("Hattem", "805", "038"), ("Genemuiden", "828", "038"), ("Dalfsen", "772", "0529"), ("Ommen", "773", "0529"),
    ("Heino", "814", "0572"), ("Raalte", "810", "0572"), ("Wezep", "809", "038"), ("Hasselt", "806", "038"),
    ("Deventer", "741", "0570"), ("Meppel", "794", "0522"), ("Nieuwleusen", "771", "0529"),
)  # fmt: skip
STREETS = (
    "Dorpsstraat Kerkstraat Stationsweg Molenweg Schoolstraat Brinkstraat Nieuwstraat Lindelaan Eikenlaan Beukenlaan"
    " Kastanjelaan Wilgenstraat Berkenlaan Populierstraat Marktstraat Havenkade Vechtstraat IJsselkade Hanzelaan"
    " Veerallee Assendorperstraat Thorbeckegracht Merwedestraat Rozenstraat Tulpstraat Anjerstraat Leliestraat"
    " Parkweg Julianastraat Beatrixlaan Bernhardstraat Wilhelminastraat Oranjelaan Zandweg Esweg Heideweg Bosweg"
    " Tuinstraat Weidesteeg Buitenkwartier Ruiterlaan Westenholterweg Oosterlaan Burgemeester-Roelenweg"
).split()

# name, minutes, price in cents
TREATMENTS = (
    ("Knippen", 30, 3450), ("Knippen heren", 25, 2750), ("Knippen kind", 20, 1950), ("Wassen en knippen", 40, 3950),
    ("Kleuren", 55, 6200), ("Uitgroei", 50, 5400), ("Highlights", 90, 8950), ("Balayage", 120, 12500),
    ("Föhnen", 30, 2650), ("Watergolf", 45, 3150), ("Permanent", 110, 8450), ("Baard", 15, 1650),
    ("Behandeling hoofdhuid", 25, 2400), ("Opsteken", 60, 6500),
)  # fmt: skip
BRANDS = ("Koleston", "Illumina", "Inoa", "Color Touch")
SHADES = "5/0 5/71 6/0 6/1 6/34 6/7 7/0 7/1 7/03 7/3 8/0 8/1 8/3 8/69 9/1 9/16 10/8".split()
PRODUCTS = (
    "Zilvershampoo", "Droogshampoo", "Krulcrème", "Haarlak sterk", "Leave-in conditioner", "Arganolie", "Baardolie",
    "Matte wax", "Volumepoeder", "Masker hydraterend", "Hitteprotector", "Kindershampoo",
)  # fmt: skip

HOBBIES = (
    "hardlopen moestuin wandelen fietsen tennis koor breien lezen puzzelen schilderen voetbal zwemmen dansen yoga"
    " tuinieren kamperen koken bakken paardrijden vissen schaken fotografie volleybal motorrijden klaverjassen"
    " vogels bridge hockey naaien gitaar"
).split()
JOBS = (
    "verpleegkundige", "onderwijzer", "buschauffeur", "boekhouder", "gepensioneerd", "student", "bakker", "huisarts",
    "programmeur", "verkoopster", "timmerman", "advocaat", "kraamverzorgende", "boer", "pedagogisch medewerker",
    "receptioniste", "elektricien", "postbode", "fysiotherapeut", "ambtenaar bij de gemeente", "vrachtwagenchauffeur",
)  # fmt: skip
COFFEE = ("koffie zwart", "cappuccino", "thee", "koffie met melk", "water", "niets")
HOLIDAYS = (
    "Texel",
    "Drenthe",
    "Toscane",
    "Kreta",
    "Noorwegen",
    "de Ardennen",
    "Lissabon",
    "Terschelling",
    "Spanje",
)
STYLES = (
    "kort en makkelijk",
    "lang in laagjes",
    "bob tot de kin",
    "strak opgeschoren",
    "krullen laten zien",
    "klassiek",
)
LABELS = (
    "kleur",
    "krullen",
    "student",
    "65+",
    "buurt",
    "thuisbezoek",
    "rolstoel",
    "bruid",
    "permanent",
    "baard",
)
WARNINGS = (
    ("Geen haarverf met PPD", False), ("Geen ammoniak", False), ("Bellen pas na 17:00", False),
    ("Links gaan staan", False), ("Altijd eerst een huidtest", False), ("Kan niet lang zitten", False),
    ("Psoriasis", True), ("Betaalt achteraf via dochter", False),
)  # fmt: skip
AVOID = ("de scheiding", "haar werk", "zijn broer", "de verhuizing", "gewicht", "politiek", "de operatie")
WISHES = (
    "liefst stil",
    "geen föhn te heet",
    "graag bij het raam",
    "koude handdoek achteraf",
    "kort in de nek",
)
VISIT_NOTES = (
    "Blij met het resultaat.",
    "Pony korter dan anders, beviel.",
    "Volgende keer iets lichter proberen.",
    "Vertelde over de verbouwing van de keuken.",
    "Had weinig tijd, parkeermeter.",
    "Haar is droger dan vorige keer.",
    "Wil het langzaam laten groeien.",
    "Nam de kleinkinderen mee.",
    "Punten waren gespleten, twee centimeter eraf.",
    "Tevreden over de warme tint.",
    "Vond het de vorige keer net te kort.",
    "Twijfelt over grijs laten worden.",
    "Vertelde over vakantie, erg genoten.",
    "Nieuwe bril, wilde dus een andere scheiding.",
    "Kroeskop bij vocht: masker gedaan.",
    "Begint bij een nieuwe werkgever.",
    "Bruiloft van de zus in het voorjaar.",
    "Had zelf geknipt, rechtgetrokken.",
)
CALL_NOTES = (
    "Kleur houdt goed. Nieuwe afspraak gemaakt.", "Afspraak verzet naar volgende week.", "Vraagt of het met spoed kan.",
    "Wil weten wat een permanent kost.", "Bedankt voor de kaart.", "Belde af, kind ziek.",
)  # fmt: skip
COMPLAINTS = (
    "Kleur na twee keer wassen al dof.", "Links langer dan rechts.", "Moest een half uur wachten.",
    "Jeuk na het kleuren.", "Te veel eraf geknipt.",
)  # fmt: skip
TALK = (
    "Hoe was {holiday}?",
    "Is de nieuwe keuken klaar?",
    "Kleindochter Saar: eerste kapsel?",
    "Hoe gaat het met de hond?",
    "Rijexamen gehaald?",
    "Hoe is het met moeder?",
    "Al gewend op het nieuwe werk?",
    "Is het huis verkocht?",
    "Hoe was het concert van het koor?",
    "Knie-operatie: loopt het weer?",
    "Gaat het beter met slapen?",
    "Hoe was de musical op school?",
    "Al een datum voor de bruiloft?",
    "Marathon uitgelopen?",
    "Is de baby er al?",
    "Hoe was de diploma-uitreiking?",
    "Nieuwe buren: bevalt het?",
    "Hoe groot is de pup nu?",
)
ANSWERS = (
    "Heerlijk, wil er volgend jaar weer heen.", "Nog niet, duurt tot het voorjaar.", "Gaat goed, dank je.",
    "Ja! In één keer gehaald.", "Viel tegen, liever niet meer over.", "Ze is er erg blij mee.",
)  # fmt: skip
FOLLOW_UPS = (
    "Nabellen: was de kleur niet te donker?", "Kaartje sturen: beterschap", "Bellen over proefkapsel bruiloft",
    "Zilvershampoo bestellen en laten weten", "Vragen of de krullen nog goed zitten", "Foto van het kapsel mailen",
    "Bellen: plek vrij op zaterdag", "Nabellen na allergietest", "Cadeaubon klaarleggen",
)  # fmt: skip
FIRMS = (
    "Bruidsmode Van Wit",
    "Zorgcentrum De Linde",
    "Toneelvereniging Ons Genoegen",
    "Sportschool Hanze",
    "Modehuis Kok",
)
