"""Files that belong to answers, and the pictures that questionnaires name."""

from uuid import UUID

from server.database import DB


async def names_media(consultation: str, name: str) -> bool:
    """Whether a version of its questionnaire, the latest or an earlier one, shows this picture or recording."""
    async with DB.connection() as connection:
        found = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM questionnaire WHERE consultation = $1 AND position($2 IN content::text) > 0)", UUID(consultation), name
        )
    return bool(found)
