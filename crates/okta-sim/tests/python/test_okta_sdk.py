"""Okta's own Python client against the simulated org: somebody else's program has to find what it expects.

`cargo xtask test` runs this with the client that `requirements.txt` pins. `NAGARE` names the program.
"""

import os
import subprocess
import unittest
from datetime import datetime, timezone

from okta.client import Client
from okta.pagination import paginate_pages
from okta.models import (
    AddGroupRequest,
    CreateUserRequest,
    OktaUserGroupProfile,
    PasswordCredential,
    UpdateUserRequest,
    UserCredentialsWritable,
    UserProfile,
)

PROGRAM = os.environ["NAGARE"]

# The org is on this machine and speaks plain HTTP. The client takes this from the environment only.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"


class Org:
    """A simulated org of its own, as the program starts it."""

    def __init__(self):
        self.process = subprocess.Popen(
            [PROGRAM, "okta-sim"], stdout=subprocess.PIPE, text=True
        )
        self.url = self._said("Simulated Okta org: ")
        self.token = self._said("Okta API token (SSWS): ")

    def _said(self, beginning):
        for line in self.process.stdout:
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()
        raise AssertionError(f"the program never said {beginning!r}")

    def client(self, token=None):
        return Client({"orgUrl": self.url, "token": token or self.token})

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdout.close()


def profile(name):
    login = f"{name.lower()}@sdk.example"
    return UserProfile(
        login=login, email=login, firstName=name, lastName="Tester", department="SDK"
    )


class SdkTest(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls):
        cls.org = Org()

    @classmethod
    def tearDownClass(cls):
        cls.org.end()

    def setUp(self):
        self.client = self.org.client()

    async def asked(self, call):
        """What the org gives; an error fails the test."""
        found, response, error = await call
        self.assertIsNone(error)
        return found

    async def refused(self, call):
        """The error object of a refusal."""
        answer = await call
        error = answer[-1]
        self.assertIsNotNone(error)
        return error

    async def user(self, name):
        body = CreateUserRequest(
            profile=profile(name),
            credentials=UserCredentialsWritable(
                password=PasswordCredential(value="Blue-Sky-2026")
            ),
        )
        return await self.asked(self.client.create_user(body))

    async def group(self, name):
        body = AddGroupRequest(
            profile=OktaUserGroupProfile(name=name, description="Made by the SDK")
        )
        return await self.asked(self.client.add_group(body))

    async def test_a_user_is_created_read_updated_deactivated_and_deleted(self):
        made = await self.user("Ada")
        self.assertEqual(made.status, "ACTIVE")
        self.assertEqual(made.profile.department, "SDK")

        read = await self.asked(self.client.get_user("ada@sdk.example"))
        self.assertEqual(read.id, made.id)

        change = UpdateUserRequest(profile=UserProfile(title="Countess"))
        changed = await self.asked(self.client.update_user(made.id, change))
        self.assertEqual(changed.profile.title, "Countess")
        self.assertEqual(changed.profile.first_name, "Ada")

        await self.asked(self.client.suspend_user(made.id))
        suspended = await self.asked(self.client.get_user(made.id))
        self.assertEqual(suspended.status, "SUSPENDED")
        await self.asked(self.client.unsuspend_user(made.id))

        await self.asked(self.client.deactivate_user(made.id))
        gone = await self.asked(self.client.get_user(made.id))
        self.assertEqual(gone.status, "DEPROVISIONED")
        await self.asked(self.client.delete_user(made.id))
        error = await self.refused(self.client.get_user(made.id))
        self.assertEqual((error.status, error.error_code), (404, "E0000007"))

    async def test_users_are_searched_filtered_and_paged(self):
        for name in ["Grace", "Gladys", "Gertrude"]:
            await self.user(name)
        found = await self.asked(
            self.client.list_users(
                search='profile.department eq "SDK" and profile.firstName sw "G"',
                sort_by="profile.firstName",
                sort_order="desc",
            )
        )
        self.assertEqual(
            [user.profile.first_name for user in found], ["Grace", "Gladys", "Gertrude"]
        )
        found = await self.asked(
            self.client.list_users(filter='profile.login eq "grace@sdk.example"')
        )
        self.assertEqual(len(found), 1)
        found = await self.asked(self.client.list_users(q="Gertr"))
        self.assertEqual(found[0].profile.login, "gertrude@sdk.example")

        pages = [
            [user.id for user in page]
            async for page, _, _ in paginate_pages(self.client.list_users, limit=50)
        ]
        self.assertGreater(len(pages), 3)
        everybody = [user for page in pages for user in page]
        self.assertEqual(len(set(everybody)), len(everybody))

    async def test_a_group_is_created_filled_updated_and_deleted(self):
        made = await self.group("Testers")
        user = await self.user("Mary")
        await self.asked(self.client.assign_user_to_group(made.id, user.id))
        members = await self.asked(self.client.list_group_users(made.id))
        self.assertEqual([member.id for member in members], [user.id])
        groups = await self.asked(self.client.list_user_groups(user.id))
        self.assertIn(made.id, [group.id for group in groups])

        body = AddGroupRequest(profile=OktaUserGroupProfile(name="Breakers"))
        changed = await self.asked(self.client.replace_group(made.id, body))
        self.assertEqual(changed.profile.actual_instance.name, "Breakers")
        found = await self.asked(
            self.client.list_groups(search='profile.name sw "Break"')
        )
        self.assertEqual([group.id for group in found], [made.id])

        await self.asked(self.client.unassign_user_from_group(made.id, user.id))
        self.assertEqual(await self.asked(self.client.list_group_users(made.id)), [])
        await self.asked(self.client.delete_group(made.id))
        error = await self.refused(self.client.get_group(made.id))
        self.assertEqual(error.error_code, "E0000007")

    async def test_the_system_log_tells_what_was_done(self):
        since = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        user = await self.user("Joan")
        events = await self.asked(
            self.client.list_log_events(
                since=since, filter=f'target.id eq "{user.id}"', limit=100
            )
        )
        types = [event.event_type for event in events]
        self.assertIn("user.lifecycle.create", types)
        made = events[types.index("user.lifecycle.create")]
        self.assertEqual(made.target[0].alternate_id, "joan@sdk.example")
        self.assertEqual(made.outcome.result, "SUCCESS")

    async def test_applications_and_schemas_can_be_read(self):
        apps = await self.asked(self.client.list_applications())
        self.assertGreater(len(apps), 5)
        self.assertIn("Slack", [app.label for app in apps])
        schema = await self.asked(self.client.get_user_schema("default"))
        self.assertIn("login", str(schema.definitions.base.properties))

    async def test_refusals_are_okta_errors(self):
        await self.user("Edith")
        body = CreateUserRequest(profile=profile("Edith"))
        error = await self.refused(self.client.create_user(body))
        self.assertEqual((error.status, error.error_code), (400, "E0000001"))
        self.assertIn("already exists", error.error_causes[0]["errorSummary"])
        stranger = self.org.client(token="00wrong")
        error = await self.refused(stranger.list_users())
        self.assertEqual((error.status, error.error_code), (401, "E0000011"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
