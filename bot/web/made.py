"""What a message of the talk encloses and is made when it is looked at: a map as a picture, a letter or a sheet as a file."""

import asyncio

import structlog
from starlette.responses import Response

from bot.dialogue.replies import Reply
from bot.services.enclosures import Enclosure, gather, is_picture
from bot.services.office import Office
from bot.web.door import Door
from bot.web.guard import Refusal
from bot.web.visitor import Visitor, conversation_of
from storage import Tx, people
from storage.conversations import load
from storage.talk import sent_replies
from storage.vault import Vault

log = structlog.get_logger()


def made_name(vault: Vault, enclosed: str) -> str:
    """The name by which the page calls something enclosed: 32 hex digits that tell nothing of what it is."""
    return vault.fingerprint(f"enclosed:{enclosed}")[:32]


def addresses(vault: Vault, reply: Reply, role: str) -> tuple[list[str], list[str]]:
    """Where the page finds what a reply encloses: pictures, and other files."""
    pictures: list[str] = []
    files: list[str] = []
    for enclosed in reply.enclosed:
        address = f"/chat/made/{made_name(vault, enclosed)}?role={role}"
        (pictures if is_picture(enclosed) else files).append(address)
    return pictures, files


async def show_made(door: Door, office: Office, visitor: Visitor, name: str) -> Response:
    """Make what was enclosed in the visitor's own talk under that name. Raises Refusal for anything else."""
    enclosure = await door.db.read(_find, office, visitor, name, door)
    if enclosure is None:
        raise Refusal(404, "error.not_found")
    try:
        content = await asyncio.to_thread(enclosure.make, door.media_folder)
    except Exception:
        log.exception("an enclosure could not be made", name=enclosure.name)
        raise Refusal(404, "error.not_found") from None
    shown = "inline" if enclosure.media_type.startswith("image/") else "attachment"
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'{shown}; filename="{enclosure.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=enclosure.media_type, headers=headers)


def _find(tx: Tx, office: Office, visitor: Visitor, name: str, door: Door) -> Enclosure | None:
    conversation_id = conversation_of(tx, visitor)
    if conversation_id is None:
        return None
    for body in sent_replies(tx, conversation_id):
        for enclosed in Reply.from_json(body).enclosed:
            if made_name(tx.vault, enclosed) == name:
                address = people.address_of(tx, load(tx, conversation_id).conversation)
                language = people.language_of(tx, address.contact_id)
                return next(iter(gather(tx, office, (enclosed,), language, door.now())), None)
    return None
