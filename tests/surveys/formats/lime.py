"""One survey of our own, written as LimeSurvey writes it, in its older and its newer layout."""

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]
LANGUAGES = ("vi", "en")


def document(tables: Mapping[str, Rows], *, version: int = 641, languages: Sequence[str] = LANGUAGES, kind: str = "Survey") -> bytes:
    """Tables as an .lss: each with its fields and its rows, texts as CDATA."""
    parts = [f"<LimeSurveyDocType>{kind}</LimeSurveyDocType>", f"<DBVersion>{version}</DBVersion>"]
    parts.append(f"<languages>{''.join(f'<language>{language}</language>' for language in languages)}</languages>")
    for name, rows in tables.items():
        fields = "".join(f"<fieldname>{field}</fieldname>" for field in dict.fromkeys(field for row in rows for field in row))
        parts.append(f"<{name}><fields>{fields}</fields><rows>{''.join(row_xml(row) for row in rows)}</rows></{name}>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>{"".join(parts)}</document>'.encode()


def row_xml(row: Mapping[str, Any]) -> str:
    cells = (f"<{name}><![CDATA[{value}]]></{name}>" if value != "" else f"<{name}/>" for name, value in row.items())
    return f"<row>{''.join(cells)}</row>"


class Survey:
    """Collects groups, questions and answers, and says them in either layout."""

    def __init__(self) -> None:
        self.groups: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.attributes: list[dict[str, Any]] = []
        self.conditions: list[dict[str, Any]] = []

    def group(self, title: Mapping[str, str], *, relevance: str = "1", description: Mapping[str, str] = {}) -> None:
        self.groups.append({"gid": len(self.groups) + 1, "title": title, "description": description, "grelevance": relevance})

    def ask(
        self, kind: str, title: str, words: Mapping[str, str], *, rows: Mapping[str, str] = {}, columns: Mapping[str, str] = {},
        answers: Mapping[str, str] = {}, second: Mapping[str, str] = {}, **more: Any,
    ) -> int:  # fmt: skip
        """Its number. `more`: other, mandatory, relevance, help, preg, and attributes as `attributes={…}`."""
        qid = len(self.questions) + 1
        attributes = more.pop("attributes", {})
        self.questions.append({"qid": qid, "parent": 0, "gid": len(self.groups), "type": kind, "title": title, "words": words, "scale": 0, **more})
        for scale, parts in ((0, rows), (1, columns)):
            for code, label in parts.items():
                both = dict.fromkeys(LANGUAGES, label)
                self.questions.append(
                    {"qid": len(self.questions) + 1, "parent": qid, "gid": len(self.groups), "type": "T", "title": code, "words": both, "scale": scale}
                )
        for scale, options in ((0, answers), (1, second)):
            self.answers += [
                {"aid": len(self.answers) + number, "qid": qid, "code": code, "words": label, "scale": scale, "order": number}
                for number, (code, label) in enumerate(options.items(), start=1)
            ]
        self.attributes += [{"qid": qid, "attribute": name, "value": value, "language": ""} for name, value in attributes.items()]
        return qid

    def question_row(self, number: int, question: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "qid": question["qid"], "parent_qid": question["parent"], "sid": 7, "gid": question["gid"], "type": question["type"], "title": question["title"],
            "preg": question.get("preg", ""), "other": question.get("other", "N"), "mandatory": question.get("mandatory", "N"), "encrypted": "N",
            "question_order": number, "scale_id": question["scale"], "same_default": 0, "relevance": question.get("relevance", "1"),
        }  # fmt: skip

    def newer(self) -> dict[str, Rows]:
        rows = [self.question_row(number, question) for number, question in enumerate(self.questions, start=1)]
        l10ns = [
            {"id": 1, "qid": question["qid"], "question": question["words"].get(language, ""), "help": question.get("help", {}).get(language, ""), "script": "",
             "language": language}
            for question in self.questions for language in LANGUAGES
        ]  # fmt: skip
        groups = [{"gid": one["gid"], "sid": 7, "group_order": one["gid"], "randomization_group": "", "grelevance": one["grelevance"]} for one in self.groups]
        group_l10ns = [
            {"id": 1, "gid": one["gid"], "group_name": one["title"].get(language, ""), "description": one["description"].get(language, ""),
             "language": language}
            for one in self.groups for language in LANGUAGES
        ]  # fmt: skip
        answers = [
            {"aid": one["aid"], "qid": one["qid"], "code": one["code"], "sortorder": one["order"], "assessment_value": 0, "scale_id": one["scale"]}
            for one in self.answers
        ]
        answer_l10ns = [{"id": 1, "aid": one["aid"], "answer": one["words"], "language": language} for one in self.answers for language in LANGUAGES]
        return {
            "answers": answers, "answer_l10ns": answer_l10ns, "groups": groups, "group_l10ns": group_l10ns,
            "questions": [row for row in rows if not row["parent_qid"]], "subquestions": [row for row in rows if row["parent_qid"]],
            "question_l10ns": l10ns, "question_attributes": self.attributes, "conditions": self.conditions, **self.settings(),
        }  # fmt: skip

    def older(self) -> dict[str, Rows]:
        rows = [
            {**self.question_row(number, question), "question": question["words"].get(language, ""), "help": question.get("help", {}).get(language, ""),
             "language": language}
            for number, question in enumerate(self.questions, start=1) for language in LANGUAGES
        ]  # fmt: skip
        groups = [
            {"gid": one["gid"], "sid": 7, "group_name": one["title"].get(language, ""), "group_order": one["gid"],
             "description": one["description"].get(language, ""), "language": language, "randomization_group": "", "grelevance": one["grelevance"]}
            for one in self.groups for language in LANGUAGES
        ]  # fmt: skip
        answers = [
            {"qid": one["qid"], "code": one["code"], "answer": one["words"], "sortorder": one["order"], "language": language, "assessment_value": 0,
             "scale_id": one["scale"]}
            for one in self.answers for language in LANGUAGES
        ]  # fmt: skip
        return {
            "answers": answers, "groups": groups, "questions": [row for row in rows if not row["parent_qid"]],
            "subquestions": [row for row in rows if row["parent_qid"]], "question_attributes": self.attributes, "conditions": self.conditions,
            **self.settings(),
        }  # fmt: skip

    def settings(self) -> dict[str, Rows]:
        titles = [("vi", "Phiếu lấy ý kiến"), ("en", "A consultation")]
        words = [{"surveyls_survey_id": 7, "surveyls_language": language, "surveyls_title": title} for language, title in titles]
        return {
            "surveys": [{"sid": 7, "admin": "An", "language": "vi", "additional_languages": "en", "anonymized": "Y"}],
            "surveys_languagesettings": words,
        }


def text(vi: str, en: str = "") -> dict[str, str]:
    return {"vi": vi, "en": en} if en else {"vi": vi}


def everything() -> Survey:
    """A question of every letter that has a counterpart, with logic, and some of what has none."""
    made = Survey()
    made.group(text("Về ông/bà", "About you"), description=text("Mấy câu về <b>ông/bà</b>"))
    lives = made.ask("Y", "lives", text("Ông/bà sống ở đây?", "Do you live here?"), mandatory="Y")
    made.ask("L", "street", text("Đường nào?", "Which street?"), answers={"A1": "Số 5", "A2": "Số 6"}, other="Y", relevance='lives == "Y"')
    made.ask("!", "lane", text("Ngõ nào?", "Which lane?"), answers={"1": "Một", "2": "Hai"}, relevance='(street.NAOK == "A1" or street_other.NAOK != "")')
    made.ask("O", "how", text("Đi bằng gì?", "How?"), answers={"W": "Đi bộ", "B": "Xe đạp"})
    made.ask(
        "M", "uses", text("Dùng làm gì?", "Uses?"), rows={"SQ001": "Đi làm", "SQ002": "Đi chợ", "SQ003": "Không dùng"},
        other="Y", attributes={"exclude_all_others": "SQ003", "max_answers": "2", "random_order": "1"},
    )  # fmt: skip
    made.ask("P", "lacks", text("Thiếu gì?", "Lacks?"), rows={"a": "Đèn", "b": "Cống"}, relevance='uses_SQ001.NAOK == "Y" && uses_SQ002.NAOK != "Y"')
    made.group(text("Con đường", "The road"), relevance="!is_empty(lives)")
    made.ask("G", "sex", text("Giới", "Sex"))
    made.ask("5", "mark", text("Chấm điểm", "Mark"), help=text("Năm là tốt", "Five is good"))
    for letter, name in (("A", "five"), ("B", "ten"), ("C", "sure"), ("E", "change")):
        made.ask(letter, name, text(f"Bảng {letter}", f"Table {letter}"), rows={"r1": "Đèn", "r2": "Cống"})
    made.ask("F", "free", text("Bảng F", "Table F"), rows={"r1": "Đèn", "r2": "Cống"}, answers={"AO1": "Kém", "AO2": "Vừa", "AO3": "Tốt", "AO4": "Không biết"})
    made.ask("H", "turned", text("Bảng H", "Table H"), rows={"r1": "Đèn"}, answers={"1": "Kém", "2": "Tốt"}, relevance='free_r1.NAOK == "AO3"')
    made.ask("1", "dual", text("Hai thang", "Two scales"), rows={"r1": "Đèn"}, answers={"1": "Kém", "2": "Tốt"}, second={"1": "Ít", "2": "Nhiều"})
    made.group(text("Con số", "Numbers"))
    made.ask(
        "N", "people", text("Mấy người?", "How many people?"),
        attributes={"num_value_int_only": "1", "min_num_value_n": "1", "max_num_value_n": "20", "suffix": "người"},
    )  # fmt: skip
    made.ask("K", "spent", text("Chi bao nhiêu?", "Spent?"), rows={"x": "Điện", "y": "Nước"}, relevance="people.NAOK > 2")
    made.ask("K", "shares", text("Chia tiền", "Divide"), rows={"x": "Đèn", "y": "Cống"}, attributes={"equals_num_value": "100", "num_value_int_only": "1"})
    made.ask("*", "twice", text("{people * 2 + if(lives == 'Y', 1, 0)}", "{people * 2 + if(lives == 'Y', 1, 0)}"), attributes={"hidden": "1"})
    made.ask("S", "short", text("Ngắn", "Short"), attributes={"maximum_chars": "40"}, preg="/^(a+)+$/")
    made.ask("T", "long", text("Dài", "Long"))
    made.ask("U", "huge", text("Rất dài", "Huge"), mandatory="S")
    made.ask("Q", "several", text("Nhiều dòng", "Several"), rows={"x": "Tên", "y": "Quê"}, mandatory="Y")
    made.ask(";", "grid", text("Bảng chữ", "Grid"), rows={"x": "Tên"}, columns={"c": "Cũ", "d": "Mới"})
    made.ask(":", "counts", text("Bảng số", "Counts"), rows={"x": "Xe"}, columns={"c": "Sáng", "d": "Tối"}, attributes={"multiflexible_max": "50"})
    made.group(text("Còn lại", "The rest"))
    made.ask("D", "day", text("Ngày nào?", "Which day?"), attributes={"date_min": "2020", "date_format": "dd/mm/yyyy"})
    made.ask("D", "hour", text("Mấy giờ?", "What time?"), attributes={"date_format": "HH:MM"})
    made.ask("X", "told", text("Ông/bà ở đường {street.shown}, {TOKEN:FIRSTNAME}", "You live at {street.shown}"))
    made.ask("R", "order", text("Xếp thứ tự", "Rank"), answers={"a": "Đèn", "b": "Cống", "c": "Cây"}, attributes={"max_answers": "2"})
    made.ask("|", "photo", text("Gửi ảnh", "Send"), attributes={"allowed_filetypes": "png, jpg", "max_filesize": "5120", "max_num_of_files": "1"})
    made.ask("I", "language", text("Ngôn ngữ", "Language"))
    made.ask("S", "unseen", text("Ẩn", "Hidden"), attributes={"hidden": "1"})
    old = made.ask("S", "older", text("Điều kiện cũ", "An older condition"))
    made.conditions.append({"cid": 1, "qid": old, "scenario": 1, "cqid": lives, "cfieldname": f"7X1X{lives}", "method": "==", "value": "Y"})
    return made
