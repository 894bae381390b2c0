"""Makes a random workbook and says what it holds, one JSON line per cell: openpyxl-book.py FILE SEED."""
import datetime
import json
import random
import sys

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

# Left out, for openpyxl reads them otherwise: weekdays (aaaa), the escape _x000D_, whole numbers beyond 15 digits.
FORMATS = ["General", "0.00", "#,##0.00", "0.00E+00", '0"件"', "[Red]0;[Blue]-0", "@", '"day "0']
DATES = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "dd/mm/yyyy hh:mm", "m/d/yy", "yyyy-mm-dd hh:mm:ss"]
TEXTS = ["门店 一", " 前后 ", "a&b<c>\"d\"", "line\nbreak", "007", "😀", "=text", "1E5", "2024-03-05"]


def value(pick):
    kind = pick.randrange(12)
    if kind < 3:
        return pick.randint(-10**9, 10**14), pick.choice(FORMATS)
    if kind < 5:
        return round(pick.uniform(-1e6, 1e6), pick.randint(0, 6)), pick.choice(FORMATS)
    if kind == 5:
        return pick.uniform(-1, 1) * 10 ** pick.randint(-12, 14), pick.choice(FORMATS)
    if kind < 8:
        text = pick.choice(TEXTS) + str(pick.randrange(9))
        return ("'" + text)[1:], "General"
    if kind == 8:
        return pick.random() < 0.5, "General"
    if kind == 9:
        day = datetime.date(1904, 1, 2) + datetime.timedelta(days=pick.randint(0, 80000))
        return day, pick.choice(DATES[:4])
    if kind == 10:
        moment = datetime.datetime(1950, 1, 1) + datetime.timedelta(seconds=pick.randint(0, 3 * 10**9))
        return moment, DATES[4]
    return datetime.time(pick.randrange(24), pick.randrange(60), pick.randrange(60)), "h:mm:ss"


def make(path, seed):
    pick = random.Random(seed)
    book = openpyxl.Workbook()
    if pick.random() < 0.3:
        book.epoch = CALENDAR_MAC_1904
    if pick.random() < 0.3:
        book.iso_dates = True
    sheet = book.active
    sheet.title = "页 & 1"
    for _ in range(pick.randint(1, 120)):
        cell = sheet.cell(row=pick.randint(1, 60), column=pick.randint(1, 30))
        content, style = value(pick)
        cell.value = content
        if isinstance(content, str):
            cell.data_type = "s"
        if isinstance(content, (int, float, datetime.date)) and not isinstance(content, bool):
            cell.number_format = style
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(path)


def said(content):
    if isinstance(content, bool):
        return ["boolean", content]
    if isinstance(content, datetime.datetime):
        content += datetime.timedelta(microseconds=500000)
        return ["time", content.strftime("%Y-%m-%d %H:%M:%S")]
    if isinstance(content, datetime.date):
        return ["time", content.strftime("%Y-%m-%d 00:00:00")]
    if isinstance(content, datetime.time):
        return ["clock", content.strftime("%H:%M:%S")]
    if isinstance(content, (int, float)):
        return ["number", float(content)]
    return ["text", content]


def read(path):
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or str(cell.value).strip() == "":
                continue
            print(json.dumps([cell.row, cell.column, *said(cell.value)]))


make(sys.argv[1], int(sys.argv[2]))
read(sys.argv[1])
