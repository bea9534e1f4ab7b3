"""Wikidata's items of states, by code: for statements that go back to Wikidata. Facts of Wikidata, from general knowledge."""

from __future__ import annotations

ITEMS = {
    "AFG": "Q889", "ALB": "Q222", "DZA": "Q262", "AGO": "Q916", "ARG": "Q414", "ARM": "Q399", "AUS": "Q408", "AUT": "Q40", "AZE": "Q227",
    "BHR": "Q398", "BGD": "Q902", "BLR": "Q184", "BEL": "Q31", "BOL": "Q750", "BIH": "Q225", "BRA": "Q155", "BRN": "Q921", "BGR": "Q219",
    "KHM": "Q424", "CAN": "Q16", "CHL": "Q298", "CHN": "Q148", "COL": "Q739", "CRI": "Q800", "HRV": "Q224", "CUB": "Q241", "CYP": "Q229",
    "CZE": "Q213", "DEU": "Q183", "ECU": "Q736", "EGY": "Q79", "EST": "Q191", "ETH": "Q115", "FIN": "Q33", "FRA": "Q142",
    "GEO": "Q230", "GHA": "Q117", "GRC": "Q41", "GBR": "Q145", "GTM": "Q774", "HND": "Q783", "HUN": "Q28", "ISL": "Q189", "IND": "Q668",
    "IDN": "Q252", "IRN": "Q794", "IRQ": "Q796", "IRL": "Q27", "ISR": "Q801", "ITA": "Q38", "JPN": "Q17", "JOR": "Q810", "KAZ": "Q232",
    "KEN": "Q114", "PRK": "Q423", "KOR": "Q884", "KWT": "Q817", "KGZ": "Q813", "LAO": "Q819", "LVA": "Q211", "LBN": "Q822", "LBY": "Q1016",
    "LTU": "Q37", "LUX": "Q32", "MYS": "Q833", "MLI": "Q912", "MEX": "Q96", "MNG": "Q711", "MAR": "Q1028", "MMR": "Q836", "NPL": "Q837",
    "NZL": "Q664", "NGA": "Q1033", "NOR": "Q20", "OMN": "Q842", "PAK": "Q843", "PAN": "Q804", "PER": "Q419", "PHL": "Q928", "POL": "Q36",
    "PRT": "Q45", "QAT": "Q846", "ROU": "Q218", "RUS": "Q159", "SAU": "Q851", "SEN": "Q1041", "SRB": "Q403", "SGP": "Q334", "SVK": "Q214",
    "SVN": "Q215", "SOM": "Q1045", "ZAF": "Q258", "ESP": "Q29", "LKA": "Q854", "SDN": "Q1049", "SWE": "Q34", "CHE": "Q39", "SYR": "Q858",
    "TJK": "Q863", "TZA": "Q924", "THA": "Q869", "TUN": "Q948", "TUR": "Q43", "TKM": "Q874", "UGA": "Q1036", "UKR": "Q212",
    "ARE": "Q878", "USA": "Q30", "URY": "Q77", "UZB": "Q265", "VEN": "Q717", "VNM": "Q881", "YEM": "Q805", "ZWE": "Q954",
}  # fmt: skip
"""States whose item is beyond doubt; what concerns another is left out."""
