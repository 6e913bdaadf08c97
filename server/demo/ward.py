"""Who works in the sample ward, and which blocks it has."""

import datetime

from msgspec import Struct

from server import passwords
from server.store import people, units
from surveys.consultation import Person, Role
from surveys.units import VillageRow

UNIT = "20209"
"""Phường Thanh Khê, Đà Nẵng: its name is real, all the rest is not."""

SOURCE = "Số liệu mẫu, không phải số hộ thật"
BLOCKS = (312, 287, 405, 198, 356, 274, 331, 246, 289, 363, 221, 37)
"""Households of Tổ dân phố 1 to 12. The last one is so small that most of its figures are protected."""


class Staff(Struct, frozen=True):
    """Somebody of the sample ward, and where they go after signing in."""

    name: str
    full_name: str
    roles: tuple[Role, ...]
    goes_to: str


STAFF = (
    Staff("mau.soan", "Nguyễn Thị Lan (mẫu)", (Role.AUTHOR,), "/desk"),
    Staff("mau.duyet", "Trần Văn Hòa (mẫu)", (Role.APPROVER,), "/desk"),
    Staff("mau.giaitrinh", "Lê Thị Thu (mẫu)", (Role.REPLIER,), "/desk"),
    Staff("mau.totruong", "Phạm Văn Minh (mẫu)", (Role.VILLAGE_HEAD, Role.COLLECTOR), "/desk"),
    Staff("mau.hdnd", "Huỳnh Thị Mai (mẫu)", (Role.COUNCIL,), "/council"),
    Staff("mau.mattran", "Đỗ Văn Sơn (mẫu)", (Role.FRONT,), "/council"),
    Staff("mau.quantri", "Võ Thị Hạnh (mẫu)", (Role.ADMIN, Role.AUDITOR), "/desk/people"),
)


async def settle(password: str, *, now: datetime.datetime) -> dict[str, Person]:
    """The staff, by sign-in name, all with this password; and the blocks with their households."""
    hashed = await passwords.hashed(password)
    staff = {
        one.name: await people.create_or_change(one.name, unit=UNIT, roles=one.roles, now=now, full_name=one.full_name, password_hash=hashed) for one in STAFF
    }
    rows = [VillageRow(f"Tổ dân phố {number}", households, "tổ dân phố") for number, households in enumerate(BLOCKS, start=1)]
    await units.replace_villages(UNIT, rows, source=SOURCE, as_of=now.date(), by=staff["mau.soan"].id, now=now)
    return staff
