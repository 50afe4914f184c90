"""The words of column headings: Dutch, English, German, some French. In lower case, without accents
(``names.words``).
"""

from __future__ import annotations

SAYS = {
    "uid": "kapperboek id",
    "number": (
        "klantnr|klnr|klantnummer|klant nr|klantcode|klant|klantid|klant id|nr|nummer|customer number|customer no|"
        "customer nr|customer id|client number|client id|client no|customer|lidnummer|relatienummer|"
        "debiteurnummer|debiteurnr|relatiecode|relatienr|debiteurcode|klant code|customer code|client code|"
        "kundennummer|kundennr|kunden nr|client|kunde|numero client|no client"
    ),
    "key": "id|rec id|record id|recordid|entry id|contact id|uid|key",
    "honorific": (
        "name prefix|honorific prefix|honorific|aanhef|salutation|anrede|titel vooraf|titulatuur|civilite|"
        "titre"
    ),
    "given": "voornaam|voornamen|first name|firstname|given name|givenname|first|vorname|forename|voorn|prenom",
    "additional": (
        "middle name|middlename|additional name|additional names|second name|overige voornamen|"
        "tweede voornaam|further names|weitere vornamen|zweiter vorname|other names|middelste naam|middle|"
        "middle initial|2 vorname|deuxieme prenom"
    ),
    "prefix": "tussenvoegsel|tussenvoegsels|tussenv|tv|voorvoegsel|voorvoegsels|surname prefix|infix|namenszusatz",
    "family": (
        "achternaam|familienaam|last name|lastname|surname|family name|familyname|last|nachname|familienname|"
        "achtern|achternaam voorvoegsel|achternaam tussenvoegsel|achternaam tussenv|nom|nom de famille"
    ),
    "suffix": "name suffix|suffix|honorific suffix|generational suffix|achtervoegsel|namenssuffix",
    "display": (
        "display name|displayname|volledige naam|full name|fullname|weergavenaam|anzeigename|naam en voornaam|"
        "klantnaam|customer name|client name"
    ),
    "name": "naam|name|contact|contactpersoon|contact name|klant naam",
    "nickname": "nickname|nick|roepnaam|bijnaam|spitzname|rufname|nick name|surnom|pseudo",
    "initials": "initials|initialen|voorletters|voorletter|initiale|initialien|voorletter s",
    "organisation": (
        "bedrijf|bedrijfsnaam|company|company name|organisation|organization|organisation name|"
        "organization name|firma|firmanaam|organisatie|organisatienaam|werkgever|unternehmen|firmenname|"
        "societe"
    ),
    "department": "department|afdeling|abteilung|organization department|organisation department",
    "job": (
        "job title|jobtitle|beroep|functie|occupation|job|profession|organization title|organisation title|"
        "position|werk|beruf|role|fonction"
    ),
    "title": "title|titel",
    "phone": (
        "telefoon|telefoonnummer|telefoonnr|tel|tel nr|telnr|phone|phone number|phone value|telephone|"
        "telephone number|telefon|telefonnummer|vaste telefoon|vast|vast nummer|main phone|primary phone|"
        "nummer telefoon|telefon nummer|hoofdtelefoon|hoofdtelefoon bedrijf|haupttelefon|telefon firma|"
        "company main phone|telephone fixe|tel fixe"
    ),
    "phone:mobile": (
        "mobiel|mobiele telefoon|mobiel nummer|mobielnummer|mobiele nummer|mobiele tel|gsm|gsm nummer|06|"
        "06 nummer|06nummer|mobile|mobile phone|mobile number|cell|cell phone|cellphone|handy|mobil|"
        "mobilnummer|mobiltelefon|mobilfunk|home mobile|work mobile|whatsapp nummer|mob|mob nr|mobil tel nr|"
        "mobieltje|06 nr|sms|sms number|sms nummer|mobieltelefoon|telefoon mobiel|mobile no|"
        "portable|telephone mobile|telephone portable|numero de gsm"
    ),
    "phone:fax": "fax|faxnummer|fax number|faxnr|fax nummer|telecopie",
    "phone:pager": "pager|pager number|semafoon|piepernummer|pager nummer",
    "phone:car": "car phone|autotelefoon|autotelefon",
    "phone:assistant": "assistants phone|assistant s phone|assistant phone|telefoon assistent|telefon assistent",
    "phone:video": "phone video",
    "phone:callback": (
        "callback|isdn|radio phone|tty tdd phone|telex|terugbellen|ruckmeldung|radiotelefoon|teksttelefoon|"
        "telefon fur horbehinderte|funktelefon"
    ),
    "email": (
        "email|e mail|mail|emailadres|e mailadres|e mail adres|email adres|email address|e mail address|"
        "mailadres|e mail value|primary email|secondary email|emails|e mails|mail address|email value|"
        "additional email|e mail adresse|e mailadresse|eerste e mail|tweede e mail|primaire e mail|"
        "primare e mail adresse|sekundare e mail adresse|alternate email|secondary e mail|courriel|"
        "adresse electronique|adresse de messagerie|adresse e mail|adresse mail"
    ),
    "handle": (
        "website|web page|webpage|url|web|homepage|web site|website value|internet|internetadres|webseite|"
        "im value|instant messenger value|webpagina"
    ),
    "place:work": "werklocatie",
    "handle:im": "imaddress|im address",
    "handle:screen name": "screen name|screenname|aim screen name|schermnaam|messenger name|messenger id",
    "handle:aim": "im aim|aim|aim id",
    "handle:icq": "im icq|icq|icq id",
    "handle:jabber": "im jabber|jabber|jabber id",
    "handle:msn": "im msn|msn|msn id",
    "handle:skype": "im skype|skype|skype id",
    "handle:yahoo": "im yahoo|yahoo|yahoo id",
    "handle:gtalk": "im gtalk|gtalk",
    "handle:whatsapp": "im whatsapp|whatsapp",
    "handle:facebook": "im facebook|facebook",
    "handle:instagram": "im instagram|instagram",
    "handle:twitter": "im twitter|twitter",
    "handle:linkedin": "im linkedin|linkedin",
    "handle:blog": "website blog|blog website",
    "handle:profile": "website profile|profile website",
    "handle:homepage": "website home page|home page",
    "street": (
        "straat|straatnaam|street|street name|street address|address street|strasse|strase|address 1|"
        "address line 1|adresregel 1|straat nr|straat huisnummer|straat en huisnummer|straat en nummer|"
        "straat en nr|straat huisnr|strasse hausnummer|strasse und hausnummer|strasse nr|rue|rue et numero"
    ),
    "street2": (
        "address 2|address line 2|adresregel 2|street 2|street address 2|extended address|"
        "address extended address|apartment suite|suite"
    ),
    "street3": "address 3|address line 3|street 3",
    "house": (
        "huisnummer|huisnr|house number|housenumber|street number|nr huis|huis nr|hausnummer|hausnr|"
        "huisnummer toevoeging|numero de maison"
    ),
    "house_addition": "toevoeging|huisnummertoevoeging|huisnr toev|toev|house number addition|zusatz",
    "pobox": "postbus|po box|address po box|postfach|postbusnummer|pobox|postbus nr",
    "postcode": (
        "postcode|post code|postkode|zip postal code|postal zip code|postal code|zip|zip code|zipcode|"
        "address postal code|plz|postleitzahl|pc|code postal|cp"
    ),
    "place": (
        "woonplaats|plaats|city|town|address city|stad|ort|stadt|plaatsnaam|suburb|gemeente|place|"
        "ville|localite|commune"
    ),
    "region": (
        "province code|region code|provincie|region|state|address region|county|bundesland|province|"
        "state province|staat|"
        "bundesland kanton|r bundesland kanton"
    ),
    "country": (
        "land|country|country code|landcode|address country|country region|land regio|land region|e land region|pays|"
        "pays region"
    ),
    "address": (
        "adres|address|address formatted|adresse|anschrift|volledig adres|full address|adresgegevens|"
        "adres en woonplaats|naw|naw gegevens"
    ),
    "postcode_place": (
        "postcode plaats|postcode en plaats|postcode woonplaats|postcode en woonplaats|pc plaats|pc woonplaats|plz ort|"
        "plz und ort|zip city|zip and city|postcode town|postcode city|postal code city|postcode stad|"
        "code postal ville|"
        "plaats postcode|woonplaats postcode|pc en plaats|pc en woonplaats|postcode and town|postcode and place"
    ),
    "time": "tijd|time|tijdstip|begintijd|starttijd|start time|aanvang|van tot|uhrzeit|zeit|heure",
    "left_out": (
        "optin ip|confirm ip|ip|ip address|ip adres|latitude|longitude|lat|lng|lon|gmtoff|dstoff|timezone|time zone|"
        "leid|euid|web id|user agent|useragent|browser|password|wachtwoord|passwort|password hash|"
        "user pass|user activation key|session id|last ip"
    ),
    "birthday": (
        "geboortedatum|verjaardag|birthday|date of birth|dob|birth date|birthdate|geburtstag|geburtsdatum|"
        "geb datum|gebdat|gebdatum|geboren|geb|geboortedag|jarig|geb dat|geboorte datum|geb dtm|date de naissance|"
        "ne le|anniversaire"
    ),
    "birth_year": "birth year|geboortejaar|geburtsjahr",
    "birth_month": "birth month|geboortemaand|geburtsmonat",
    "birth_day": "birth day|geburtstag tag",
    "date:wedding": (
        "anniversaire de mariage|anniversaire de mariage ou fete|anniversary|trouwdag|huwelijksdatum|"
        "trouwdatum|wedding day|jahrestag|hochzeitstag|jubileum|"
        "speciale datum"
    ),
    "date": "event value|datum|date",
    "relation": "relation value|naaste|relation|gezinslid",
    "relation:spouse": "spouse|echtgenoot|echtgenote|ehepartner|conjoint e|conjoint",
    "relation:partner": "partner|partnernaam",
    "relation:child": "children|kinderen|kind|child|kinder|enfants",
    "relation:manager": (
        "managers name|manager s name|manager|naam manager|name des der vorgesetzten|name des r vorgesetzten"
    ),
    "relation:assistant": "assistants name|assistant s name|assistant|naam assistent|name assistent|assistent in",
    "relation:referred by": "referred by|referentie van|empfohlen von",
    "note": (
        "notes|note|notitie|notities|opmerking|opmerkingen|memo|bijzonderheden|comments|comment|remarks|"
        "interne notitie|interne notities|interne opmerkingen|internal notes|internal note|client notes|customer notes|"
        "klantnotitie|klantnotities|extra notes|toelichting|notizen|notiz|bemerkung|bemerkungen|info|"
        "aantekeningen|aantekening|bijz|bijzonderheid|"
        "anmerkung|anmerkungen|remarque|remarques|commentaire|commentaires"
    ),
    "labels": (
        "categories|category|categorie|categorieen|group membership|groups|groep|groepen|labels|label|tags|"
        "gruppe|gruppen|kategorien|kategorie"
    ),
    "gender": "gender|geslacht|sex|geschlecht|sexe",
    "last_visit": (
        "laatste bezoek|laatste afspraak|last visit|laatst geweest|laatste behandeling|letzter besuch|"
        "datum laatste bezoek|last seen|last visited|last booking|last attended|last check in|"
        "laatste boeking|laatste bez|laatste bezoekdatum|last visit date|last booking date|"
        "last appointment|last appointment date|datum laatste afspraak|derniere visite"
    ),
    "since": (
        "klant sinds|customer since|sinds|inschrijfdatum|kunde seit|member since|join date|client since|klant vanaf|"
        "lid sinds"
    ),
    "staff": (
        "vaste medewerker|regular staff|regular stylist|vaste kapper|vaste kapster|voorkeurskapper|favoriete kapper|"
        "kapster|kapper|stylist|stammfriseur|preferred staff|preferred stylist|voorkeursmedewerker"
    ),
    "channel": "voorkeurskanaal|preferred channel|liefst bereikt via|contactvoorkeur",
    "phase": "fase|phase",
    "household": "huishouden|household",
    "deceased": (
        "overleden|deceased|overleden op|datum overlijden|overlijdensdatum|datum overleden|date of death|deceased date|"
        "death date|deceased on|sterfdatum|verstorben|verstorben am|sterbedatum|todestag|date de deces"
    ),
    "no_advertising": "geen reclame|no advertising|geen post|geen mailing",
    "warnings": (
        "let op|warnings|warning|waarschuwing|waarschuwingen|alert|alerts|alert notes|alert note|pop up|allergie|"
        "allergieen|allergien|allergy|allergies|medische informatie|medische bijzonderheden|medisch|medical notes|"
        "medical alerts|medical conditions|medical information"
    ),
    "avoid": "niet over beginnen|avoid",
    "wishes": "wensen|wishes|wens",
    "refused": "wil niet vertellen|rather not tell",
    "phone_type": "phone type|phone label|soort telefoon",
    "email_type": "e mail type|email type|e mailtype|e mail typ|e mail label|soort e mail|email label",
    "handle_type": "website type|website label|soort website|im type|instant messenger type",
    "address_type": "address type|address label|soort adres",
    "relation_type": "relation type|relation label|soort naaste",
    "date_type": "event type|event label|date type|soort datum",
    "custom_type": "custom field type|custom field label",
    "custom_value": "custom field value",
    "relation_birthday": "geboortedatum naaste|relation birthday",
    "relation_card": "kapperboek id naaste|relation id",
    "custom": "custom|custom field|eigen veld",
    "im_service": "im service|instant messenger service",
    "numbered_custom": "gebruiker|user|benutzer|benutzerdef|overig",
    "hobby": "hobby|hobbies|hobby s",
    "technical": (
        "e mail display name|email display name|weergavenaam voor e mail|e mail weergegeven naam|"
        "e mail angezeigter name|priority|prioriteit|prioritat|private|prive|privat|sensitivity|gevoeligheid|"
        "vertraulichkeit|directory server|adreslijstserver|verzeichnisserver|internet free busy|"
        "internet beschikbaarheidsinfo|internet frei gebucht|blocked|file as|type de messagerie|priorite"
    ),
    "handle:irc": "irc|irc id",
    "handle:google": "google id",
    "handle:qq": "qq|qq id",
    # the sheet of visits
    "visit_kind": "soort contact|kind of contact",
    "treatments": "behandeling|behandelingen|treatment|treatments|dienst|diensten|service|services|behandlung",
    "amount": "bedrag|amount|prijs|totaalbedrag|price|betrag|omzet|total",
    "minutes": "minuten|minutes|duur|duration|dauer",
    "visit_staff": "medewerker|medewerkers|staff member|staff|employee|behandelaar|mitarbeiter",
    "recipe": "recept|recipe|formule|kleurrecept|rezept",
    "products": "producten|products|product|artikelen",
    "visit_state": "status afspraak|state of appointment",
}
"""What a column can hold (``target`` or ``target:label``) to the headings that say so, between bars."""

LABELS = {
    "home": (
        "home domicile personnel personnelle privee prive thuis huis privat private personal persoonlijk "
        "persoonlijke personlich"
    ),
    "work": (
        "work bureau professionnel professionnelle business werk zakelijk zakelijke geschaftlich dienstlich "
        "office kantoor company"
    ),
    "other": "other autre overig overige ander andere anders weitere weiterer weiteres",
    "main": "main",
    "mobile": "mobiel mobiele mobile mob gsm cell",
}
"""Which words in a heading tell one number or address from another, by our word for them."""
