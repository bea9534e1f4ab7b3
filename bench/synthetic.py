"""News that was never written: sentences from templates in two languages, from a fixed seed, as JSON lines that `dragoman build` reads.

Each document reports a few acts of two states on one day. States, persons, places, numbers and dates vary, so that no cache of words or of
vectors makes it easier than real news of the same length; the templates are the project's own.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from dragoman.languages.states import names

STATES = (
    "PAK", "SYR", "IND", "TUR", "IRN", "EGY", "FRA", "USA", "RUS", "CHN", "SAU", "JOR", "IRQ", "DEU", "GBR", "ITA", "ESP", "JPN", "KOR",
    "BRA", "MEX", "NGA", "KEN", "ETH", "SDN", "LBY", "TUN", "DZA", "MAR", "LBN", "KWT", "QAT", "ARE", "OMN", "YEM", "AFG", "UKR", "POL",
    "GRC", "SWE", "NOR", "CAN", "AUS", "ARG", "CHL", "COL", "VNM", "THA", "IDN", "MYS",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ARABIC_MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
THINGS = (
    "the ceasefire",
    "the border treaty",
    "foreign intervention",
    "the new tariffs",
    "the pipeline",
    "arms sales",
    "the fishing quota",
    "the water treaty",
)
ARABIC_THINGS = (
    "وقف إطلاق النار",
    "معاهدة الحدود",
    "التدخل الأجنبي",
    "الرسوم الجديدة",
    "خط الأنابيب",
    "مبيعات الأسلحة",
    "حصص الصيد",
    "معاهدة المياه",
)
ENGLISH = (
    "{a} condemned the attack on the {b} embassy on {day} {month} {year}.",
    "The foreign minister of {a} visited {b} on {day} {month} {year} and met the president for talks on {thing}.",
    "{a} and {b} signed a trade agreement worth {number} million dollars on {day} {month} {year}.",
    "On {day} {month} {year} {a} sent {number} tonnes of medical aid to {b} after floods had cut off {small} villages.",
    "{a} expressed its opposition to {thing} in {b} in {month} {year}.",
    "Officials of {a} said that {b} had closed its consulate in {month} {year} because of {thing}.",
    "{a} urged {b} to release {number} prisoners on {day} {month} {year}.",
    "The two governments will hold further talks on {thing} next year, officials of {b} said.",
    "{a} imposed sanctions on {number} companies from {b} in {month} {year}.",
    "{b} denied any support for the opposition in {a}, which has {small} seats in parliament.",
    "Prices in the capital rose by {small} per cent in {month}, and {number} people queued for bread.",
    "The weather was mild for the season, with {small} hours of sun and little wind from the north.",
    "The embassy of {b} in {a} employs {small} people and was opened in {year}.",
    "The ambassador of {a} praised {b} for its support of {thing}.",
)  # fmt: skip
ARABIC = (
    "أدانت {a} الهجوم على سفارة {b} في {day} {month} {year}.",
    "زار وزير خارجية {a} {b} في {day} {month} {year} والتقى الرئيس لبحث {thing}.",
    "وقعت {a} و{b} اتفاقية تجارية بقيمة {number} مليون دولار في {day} {month} {year}.",
    "أرسلت {a} {number} طنا من المساعدات الطبية إلى {b} في {day} {month} {year}.",
    "أعربت {a} عن معارضتها لـ{thing} في {b} في {month} {year}.",
    "فرضت {a} عقوبات على {number} شركة من {b} في {month} {year}.",
    "ارتفعت الأسعار في العاصمة بنسبة {small} في المئة في {month} {year}.",
    "كان الطقس معتدلا في هذا الفصل مع {small} ساعات من الشمس.",
    "افتتحت {b} سفارتها في {a} عام {year} ويعمل فيها {small} موظفا.",
    "دعت {a} {b} إلى إطلاق سراح {number} سجين في {day} {month} {year}.",
)  # fmt: skip
LENGTH = 10


def tell(number: int, length: int = LENGTH) -> dict[str, str]:
    """Document `number` of `length` sentences: one in four is Arabic."""
    chance = random.Random(number)
    arabic = number % 4 == 3
    a, b = chance.sample(STATES, 2)
    language = "ar" if arabic else "en"
    year, month = chance.randint(1995, 2024), chance.randrange(12)
    sentences = []
    for _ in range(length):
        thing = chance.randrange(len(THINGS))
        fields = {
            "a": names(a, language), "b": names(b, language), "day": chance.randint(1, 28), "year": year, "number": chance.randint(40, 99999),
            "small": chance.randint(3, 39), "month": (ARABIC_MONTHS if arabic else MONTHS)[month],
            "thing": (ARABIC_THINGS if arabic else THINGS)[thing],
        }  # fmt: skip
        sentences.append(chance.choice(ARABIC if arabic else ENGLISH).format(**fields))
    published = f"{year}-{month + 1:02}-28"
    return {
        "id": f"news-{number:07}",
        "language": language,
        "title": f"{names(a, language)} - {names(b, language)}",
        "date": published,
        "text": " ".join(sentences),
    }


def write(path: Path, sentences: int, length: int = LENGTH) -> int:
    """JSON lines with that many sentences; how many documents there are."""
    documents = max(1, sentences // length)
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            file.write(json.dumps(tell(number, length), ensure_ascii=False) + "\n")
    return documents
