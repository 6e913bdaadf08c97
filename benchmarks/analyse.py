"""100,000 responses to 12 questions: `ydan analyse` against pandas doing nothing but reading and counting the same file.

One JSON line a figure: {"name", "value", "unit", "limit" or "peer", "ratio"}. The peer is LimeSurvey's statistics PDF with graphs of
102,356 responses, 2.9 s, which a warm server makes without reading a file; measured on another day on the machine of these figures.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import exports, workbook
from analysis.papers.render import render
from analysis.papers.study import StudyPaper, html
from analysis.study import Study, Wishes, study
from surveys.kinds import SATISFACTION, Integer, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section, to_json

ROOT = Path(__file__).parents[1]
RESPONSES = 100_000
LIMESURVEY_S = 2.9
WARDS = [f"Tổ dân phố {number}" for number in range(1, 21)]


def questionnaire() -> Questionnaire:
    reasons = tuple(Option(name, {"vi": label}) for name, label in [("time", "Chờ lâu"), ("staff", "Thái độ"), ("paper", "Nhiều giấy tờ"), ("far", "Xa nhà")])
    scale = Scale(SATISFACTION, (Option("9", {"vi": "Không biết"}),))
    rated = tuple(Question(f"rated_{place}", scale, {"vi": f"Mức hài lòng {place}"}) for place in range(1, 6))
    others = (
        Question("block", SelectOne(tuple(Option(f"b{place}", {"vi": name}) for place, name in enumerate(WARDS))), {"vi": "Nơi ở"}),
        Question("used", SelectOne((Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"}))), {"vi": "Đã đến bộ phận một cửa"}),
        Question("why", SelectMultiple(reasons), {"vi": "Vì sao chưa hài lòng"}, relevant={"==": [{"var": "used"}, "yes"]}),
        Question("plan", Stance(), {"vi": "Mở rộng đường số 5"}),
        Question("people", Integer(), {"vi": "Số người trong hộ"}),
        Question("age", Integer(), {"vi": "Tuổi"}),
        Question("note", OpenText(), {"vi": "Ý kiến khác"}),
    )
    return Questionnaire((Section("s", others[:2] + rated + others[2:], {"vi": "Khảo sát"}),), title={"vi": "Một trăm nghìn phiếu"})


def rows(rng: random.Random) -> Iterator[str]:
    yield "block,used," + ",".join(f"rated_{place}" for place in range(1, 6)) + ",why,plan,people,age,note"
    for number in range(RESPONSES):
        used = rng.choice(["yes", "yes", "no", ""])
        rated = ",".join(rng.choice("1234455559") if rng.random() < 0.95 else "" for _ in range(5))
        why = " ".join(rng.sample(["time", "staff", "paper", "far"], rng.randint(0, 3))) if used == "yes" else ""
        note = f'"Ý kiến số {number}, nên làm sớm"' if rng.random() < 0.2 else ""
        yield f"b{rng.randrange(20)},{used},{rated},{why},{rng.choice(['agree', 'disagree', ''])},{rng.randint(1, 9)},{rng.randint(18, 90)},{note}"


def best_of(times: int, act: Callable[[], Any]) -> tuple[float, Any]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        result = act()
        taken.append(time.perf_counter() - start)
    return min(taken), result


def say(name: str, value: float, **against: float) -> None:
    ratio = {"ratio": round(value / next(iter(against.values())), 3)} if against else {}
    rounded = {key: round(other, 3) for key, other in against.items()}
    sys.stdout.write(json.dumps({"name": name, "value": round(value, 3), "unit": "s", **rounded, **ratio}) + "\n")
    sys.stdout.flush()


def paper(done: Study) -> bytes:
    return render(html(StudyPaper(report=done.report, questionnaire=done.questionnaire)))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ydan-bench-") as name:
        folder = Path(name)
        form, data = folder / "form.json", folder / "data.csv"
        form.write_bytes(to_json(questionnaire()))
        data.write_text("\n".join(rows(random.Random(1))) + "\n", encoding="utf-8")
        limit_s, _ = best_of(3, lambda: [column.value_counts() for _, column in pd.read_csv(data, dtype=str).items()])
        for label, by in (("", ()), (" by 20 blocks", ("block",))):
            wishes = Wishes(title={"vi": "Một trăm nghìn phiếu"}, by=by)
            count_s, done = best_of(3, lambda wishes=wishes: study(questionnaire(), data.read_bytes(), wishes))
            say(f"analyse: read and count 100,000 x 12{label}", count_s, limit=limit_s)
            files_s, _ = best_of(3, lambda done=done: (exports.tallies_json(done.report), workbook.workbook(done.report)))
            say(f"analyse: tallies.json and tables.xlsx{label}", files_s)
            paper_s, _ = best_of(2, lambda done=done: paper(done))
            say(f"analyse: report.pdf{label}", paper_s)
            say(f"analyse: everything in a warm process{label}", count_s + files_s + paper_s, peer=LIMESURVEY_S)
        command = [sys.executable, "-m", "server.cli", "analyse", str(form), str(data), "-o", str(folder / "out")]
        cold_s, _ = best_of(2, lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT))
        say("analyse: the command from a cold start", cold_s, peer=LIMESURVEY_S)


if __name__ == "__main__":
    main()
