from __future__ import annotations

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.exc import IntegrityError

from app.core.config import Settings
from app.core.security import PasswordHasher
from app.models import User
from app.repositories.user import UserRepository
from app.resources import Resources
from tests.integration.conftest import (
    PASSWORD,
    BreakCommit,
    MakeUser,
    race,
    statuses,
    warm_pool,
)
from tests.stub import StubServer

USERS = "/api/v1/users"
ME = f"{USERS}/me"
TOKEN = "/api/v1/auth/token"
ADA = {"email": "ada@example.com", "full_name": "Ada", "password": PASSWORD}


async def test_register_log_in_and_see_oneself(client: AsyncClient) -> None:
    created = await client.post(USERS, json=ADA | {"email": "Ada@Example.com"})
    assert created.status_code == 201
    assert created.json()["email"] == "ada@example.com"
    assert "password" not in created.text
    credentials = {"email": "ADA@example.com", "password": PASSWORD}
    logged_in = await client.post(TOKEN, json=credentials)
    assert logged_in.status_code == 200
    token = logged_in.json()
    assert (token["token_type"], token["expires_in"]) == ("bearer", 900)
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    me = await client.get(ME, headers=headers)
    assert me.json() == created.json()
    assert me.headers["etag"] == '"1"'


async def test_an_address_in_other_letters_is_the_same_address(
    client: AsyncClient,
) -> None:
    await client.post(USERS, json=ADA)
    again = await client.post(USERS, json=ADA | {"email": "ADA@EXAMPLE.COM"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "short"},
        {"password": "x" * 129},
        {"password": 12345678901234},
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": f"{'x' * 65}@example.com"},
        {"full_name": "\t"},
        {"full_name": "a\x00"},
        {"is_admin": True},
    ],
    ids=repr,
)
async def test_a_bad_registration_is_422_and_repeats_no_password(
    client: AsyncClient, fields: dict[str, Any]
) -> None:
    body = ADA | {"password": "this is my secret"} | fields
    response = await client.post(USERS, json=body)
    assert response.status_code == 422
    for secret in ("this is my secret", "short", "xxx", "12345678901234"):
        assert secret not in response.text


async def test_a_password_is_the_same_from_any_keyboard(client: AsyncClient) -> None:
    whole, composed = "contrase\u00f1a larga", "contrasen\u0303a larga"
    await client.post(USERS, json=ADA | {"password": composed})
    for password in (whole, composed):
        credentials = {"email": ADA["email"], "password": password}
        assert (await client.post(TOKEN, json=credentials)).status_code == 200


@pytest.mark.parametrize("email", ["ada@example.com", "unknown@example.com"])
async def test_a_wrong_password_and_an_unknown_user_look_the_same(
    client: AsyncClient, email: str
) -> None:
    await client.post(USERS, json=ADA)
    credentials = {"email": email, "password": "not the password"}
    response = await client.post(TOKEN, json=credentials)
    assert response.status_code == 401
    problem = response.json()
    assert problem["detail"] == "The e-mail address or the password is wrong"


async def test_a_login_renews_a_hash_of_other_parameters(
    client: AsyncClient, resources: Resources, make_user: MakeUser, settings: Settings
) -> None:
    user_id = resources.tokens.verify(await make_user("ada@example.com"))
    other = settings.model_copy(update={"argon2_time_cost": 2})
    async with resources.database.unit_of_work() as uow:
        user = await uow.session.get_one(User, user_id)
        user.password_hash = old = await PasswordHasher(other).hash(PASSWORD)
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    assert (await client.post(TOKEN, json=credentials)).status_code == 200
    async with resources.database.unit_of_work() as uow:
        assert (await uow.session.get_one(User, user_id)).password_hash != old


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Basic eDp4", "Bearer a.b.c"]
)
async def test_a_bad_token_is_401(client: AsyncClient, authorization: str) -> None:
    response = await client.get(ME, headers={"Authorization": authorization})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


async def test_the_token_of_a_user_who_is_gone_is_401(
    client: AsyncClient, resources: Resources
) -> None:
    headers = {"Authorization": f"Bearer {resources.tokens.issue(4711)}"}
    assert (await client.get(ME, headers=headers)).status_code == 401


async def test_users_change_themselves(
    client: AsyncClient, customer: dict[str, str]
) -> None:
    changes = {"email": "New@Example.com", "full_name": "New"}
    changed = await client.patch(
        ME, json=changes, headers=customer | {"If-Match": '"1"'}
    )
    assert changed.status_code == 200
    user = changed.json()
    assert (user["email"], user["full_name"]) == ("new@example.com", "New")
    assert changed.headers["etag"] == f'"{user["version"]}"'
    stale = await client.patch(
        ME, json={"full_name": "Old"}, headers=customer | {"If-Match": '"1"'}
    )
    assert stale.status_code == 412


@pytest.mark.parametrize("field", ["email", "full_name"])
async def test_null_is_refused(
    client: AsyncClient, customer: dict[str, str], field: str
) -> None:
    response = await client.patch(ME, json={field: None}, headers=customer)
    assert response.status_code == 422


async def test_a_taken_address_cannot_be_taken_over(
    client: AsyncClient, customer: dict[str, str], make_user: MakeUser
) -> None:
    await make_user("ada@example.com")
    body = {"email": "ada@example.com"}
    response = await client.patch(ME, json=body, headers=customer)
    assert response.status_code == 409
    assert (await client.get(ME, headers=customer)).json()["email"] != body["email"]


async def test_a_refusal_of_another_constraint_is_no_conflict(
    resources: Resources,
) -> None:
    user = User(email="UPPER@example.com", full_name="A", password_hash="x")
    with pytest.raises(IntegrityError, match="ck_users_email_lower"):
        async with resources.database.unit_of_work() as uow:
            await UserRepository(uow.session).add(user)


async def test_a_new_user_is_welcomed_and_a_lost_welcome_does_no_harm(
    client: AsyncClient, stub: StubServer
) -> None:
    stub.statuses.extend([200, 503, 400])
    for name in ("ada", "bob", "cleo"):
        body = ADA | {"email": f"{name}@example.com"}
        assert (await client.post(USERS, json=body)).status_code == 201
    assert [mail["to"] for mail in stub.to("/messages")] == [
        "ada@example.com",
        "bob@example.com",
        "cleo@example.com",
    ]


async def test_a_refused_user_is_not_welcomed(
    client: AsyncClient, stub: StubServer, broken_commit: BreakCommit
) -> None:
    async with broken_commit("users"):
        assert (await client.post(USERS, json=ADA)).status_code == 500
    assert stub.requests == []


async def test_logins_at_once_renew_a_hash_without_a_conflict(
    client: AsyncClient, resources: Resources, make_user: MakeUser, settings: Settings
) -> None:
    user_id = resources.tokens.verify(await make_user("ada@example.com"))
    other = settings.model_copy(update={"argon2_time_cost": 2})
    async with resources.database.unit_of_work() as uow:
        user = await uow.session.get_one(User, user_id)
        user.password_hash = old = await PasswordHasher(other).hash(PASSWORD)
    await warm_pool(resources, 6)
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    responses = await race(*(client.post(TOKEN, json=credentials) for _ in range(6)))
    assert statuses(responses) == [200] * 6
    async with resources.database.unit_of_work() as uow:
        now = await uow.session.get_one(User, user_id)
    assert now.password_hash != old
    assert (now.version, now.updated_at) == (user.version, user.updated_at)
