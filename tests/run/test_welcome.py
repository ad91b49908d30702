"""What a newcomer reads."""

import pyotp

from backend.run.welcome import codes, welcome

SANNE = {
    "name": "Sanne de Wit",
    "email": "sanne@voorbeeld.example",
    "employer": "Bakkerij",
    "role": "employee",
    "birth_date": "1991-04-12",
    "password": "kalm-water",
    "totp_secret": pyotp.random_base32(),
}
AS_MANAGER = SANNE | {"employer": "Zorghuis", "role": "case_manager"}
IRIS = SANNE | {"name": "Iris Bos", "email": "iris@voorbeeld.example", "password": None, "totp_secret": None}


def test_it_says_where_and_what_to_try_first() -> None:
    text = "\n".join(welcome("http://localhost:8000", [SANNE, AS_MANAGER, IRIS]))
    assert "Beterschap runs at http://localhost:8000" in text
    assert "invitation to Iris Bos" in text
    assert "birth date 12-04-1991" in text
    assert "employee at Bakkerij, case manager at Zorghuis" in text
    assert text.count("sanne@voorbeeld.example") == 1
    assert text.count("kalm-water") == 1


def test_it_says_enough_without_demo_people() -> None:
    assert "http://localhost:8000/dev/inbox" in "\n".join(welcome("http://localhost:8000", []))


def test_codes_are_those_of_the_app() -> None:
    (line,) = codes("SANNE", [SANNE, AS_MANAGER, IRIS])
    assert pyotp.TOTP(str(SANNE["totp_secret"])).verify(line.split()[-1], valid_window=1)
    assert codes("iris", [SANNE, IRIS]) == []
