"""What answers point to and only the database knows: files that were sent, villages of a ward."""

from typing import Any

from msgspec import Struct

from server.store import units, uploads
from server.store.uploads import Upload
from surveys.attachments import FILE_GONE, NAMES, NO_SUCH_PLACE
from surveys.consultation import Consultation
from surveys.kinds import File, UnitChoice
from surveys.language import number_words
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.units import spoken
from templates import sentence

BEGINNINGS = {"image": "image/", "audio": "audio/", "pdf": "application/pdf"}


class References(Struct, frozen=True):
    """What is wrong with what was named; what was found, by question."""

    problems: list[Problem]
    files: dict[str, Upload]
    villages: dict[str, str]

    def words(self, name: str, language: str) -> str:
        """How the check page and the form call it; '' where the answer says it all itself."""
        return file_words(self.files[name], language) if name in self.files else self.villages.get(name, "")


async def references(consultation: Consultation, questionnaire: Questionnaire, values: dict[str, Any]) -> References:
    """Of these checked values."""
    kinds = {question.name: question.kind for question in questionnaire.questions()}
    files = {name: value for name, value in values.items() if isinstance(kinds.get(name), File)}
    places = {name: value for name, value in values.items() if isinstance(kinds.get(name), UnitChoice) and "/" in value}
    there = await uploads.found(consultation.id, list(files.values()))
    problems = [Problem(FILE_GONE, where=name) for name, file in files.items() if file not in there]
    villages: dict[str, str] = {}
    for name, value in places.items():
        code, _, village = value.partition("/")
        called = (await units.village_names(code)).get(village)
        if called is None:
            problems.append(Problem(NO_SUCH_PLACE, where=name, given={"unit": spoken(code)}))
        else:
            villages[name] = f"{called}, {spoken(code)}"
    return References(problems, {name: there[file] for name, file in files.items() if file in there}, villages)


def file_words(upload: Upload, language: str) -> str:
    """“Ảnh, 340 KB”."""
    sort = next((sort for sort, beginning in BEGINNINGS.items() if upload.media_type.startswith(beginning)), "office")
    size = number_words(max(1, round(upload.bytes / 1000)), language)
    return str(sentence("Đã nhận: {sort}, {size} KB.", language, {"sort": NAMES[sort], "size": size}))
