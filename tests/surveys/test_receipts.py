import re

from hypothesis import given
from hypothesis import strategies as st

from surveys import receipts

SECRET = b"0" * 32


@given(st.text("abcdefXYZ0189_-", min_size=8, max_size=64), st.text("abcdefXYZ0189_-", min_size=8, max_size=64))
def test_receipt_repeats_for_its_key_and_only_for_it(key, other):
    first = receipts.receipt(SECRET, "c1", key)

    assert first == receipts.receipt(SECRET, "c1", key)
    assert first != receipts.receipt(SECRET, "c2", key)
    assert (first == receipts.receipt(SECRET, "c1", other)) == (key == other)


@given(st.text("abcdefXYZ0189_-", min_size=8, max_size=64))
def test_receipt_is_read_however_it_is_typed(key):
    receipt = receipts.receipt(SECRET, "c1", key)

    assert re.fullmatch(r"[A-HJKMNP-Z2-79]{5}(-[A-HJKMNP-Z2-79]{4}-[A-HJKMNP-Z2-79]{5}){2}-[A-HJKMNP-Z2-79]{4}", receipts.grouped(receipt))
    assert receipts.parse(f"  {receipts.grouped(receipt).lower().replace('-', ' ')} ") == receipt
    assert receipts.parse(receipt[:-1]) is None
    assert receipts.parse(receipt[:-1] + "0") is None


def test_hashes_of_one_receipt_share_nothing():
    receipt = receipts.receipt(SECRET, "c1", "k" * 8)
    hashes = {
        receipts.answer_id(SECRET, receipt),
        receipts.withdrawal_hash(SECRET, receipt),
        receipts.key_hash(SECRET, "c1", "k" * 8),
        receipts.body_hash(SECRET, receipt.encode()),
    }

    assert len(hashes) == 4
    assert receipts.answer_id(b"1" * 32, receipt) not in hashes
