"""The questions of level-questions.ts asked of a pandas frame: reads names on stdin, answers milliseconds on stdout."""
import sys
import time

import pandas as pd

texts = ["region", "store", "customer", "category", "subcategory", "product", "channel"]
frame = pd.concat(
    pd.read_csv(
        sys.argv[1],
        usecols=texts + ["sold_at", "amount"],
        dtype={**{name: "category" for name in texts}, "amount": "float64"},
        parse_dates=["sold_at"],
        chunksize=20_000_000,
    )
)


def total(of, by):
    return of.groupby(by, observed=True)["amount"].sum()


def dated(unit):
    return frame["sold_at"].dt.to_period(unit).rename(unit)


def levels(second):
    keyed = frame.assign(q=dated("Q"))
    kept = [["category", "subcategory", "q"], ["category", "q"], ["q"], ["category", "subcategory"], ["category"]]
    answers = [keyed.groupby(by, observed=True).agg(s=("amount", "sum"), n=("customer", second)) for by in kept]
    return answers + [(frame["amount"].sum(), getattr(frame["customer"], second)())]


def best():
    sums = total(frame, ["region", "customer"]).reset_index()
    place = sums.groupby("region", observed=True)["amount"].rank(method="first", ascending=False)
    return sums, place <= 20


def with_others():
    sums, kept = best()
    named = sums["customer"].astype("object").where(kept, "Others")
    return sums.groupby([sums["region"], named], observed=True)["amount"].sum()


def beside_year_before():
    sums = total(frame.assign(M=dated("M")), ["region", "M"]).reset_index()
    before = sums.assign(M=sums["M"] + 12)
    return sums.merge(before, on=["region", "M"], how="left")


def blocks():
    left = frame[frame["region"] != "region 5"]
    single = ["region", "store", "category", "subcategory", "channel", "product"]
    for by in single:
        total(left, [by])
    total(left, [left["sold_at"].dt.to_period("M")])
    total(left, [left["sold_at"].dt.to_period("Q"), "channel"])
    for pair in (["region", "category"], ["channel", "category"], ["store", "channel"]):
        total(left, pair)
    return left["amount"].sum()


questions = {
    "region × month": lambda: total(frame, ["region", dated("M")]),
    "three levels, exact distinct customers, all totals": lambda: levels("nunique"),
    "three levels, additive, all totals": lambda: levels("count"),
    "category drilled to stores": lambda: total(frame[frame["category"] == "category 3"], ["store"]),
    "top 20 customers per region": lambda: (lambda sums, kept: sums[kept])(*best()),
    "top 20 customers per region, with Others": with_others,
    "region × month beside the year before": beside_year_before,
    "twelve blocks after one filter": blocks,
}

print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    questions[line.strip()]()
    print((time.perf_counter() - start) * 1000, flush=True)
