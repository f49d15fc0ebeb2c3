"""Reads and changes the database of an installation for the tests, as another driver sees it.

Takes one command a line on standard input, as extended JSON, and answers each with one line.
"""

import base64
import json
import pathlib
import sys
import urllib.parse

import jsonschema_rs
import pymongo
from bson import json_util
from bson.binary import STANDARD, UuidRepresentation
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo.encryption import ClientEncryption

DATA = pathlib.Path(sys.argv[1])
OPTIONS = CodecOptions(uuid_representation=UuidRepresentation.STANDARD, tz_aware=True)
JSON = json_util.JSONOptions(
    json_mode=json_util.JSONMode.CANONICAL, uuid_representation=STANDARD, tz_aware=True
)


def given():
    """The functions' own connection string; PyMongo knows a socket by a dot that is not escaped."""
    return (DATA / "secrets/mongodb-uri").read_text().strip().replace("%2e", ".").replace("%2E", ".")


def connect(uri=None):
    uri = uri or given()
    return pymongo.MongoClient(uri, serverSelectionTimeoutMS=5000, uuidRepresentation="standard")


client = connect()
database = client.get_database("passerelle", codec_options=OPTIONS)


def find(command):
    found = database[command["collection"]].find(command["filter"]).sort("_id", 1)
    return list(found)


def update(command):
    result = database[command["collection"]].update_many(command["filter"], command["update"])
    return result.matched_count


def decrypt(command):
    """Opens a field with MongoDB's own client-side encryption and the master key alone."""
    key = base64.b64decode((DATA / "secrets/master-key").read_text())
    encryption = ClientEncryption({"local": {"key": key}}, "encryption.__keyVault", client, OPTIONS)
    try:
        value = database[command["collection"]].find_one(command["filter"])
        for name in command["field"].split("."):
            value = value[name]
        opened = encryption.decrypt(value)
        return {"subtype": value.subtype, "opened": opened}
    finally:
        encryption.close()


def administrator():
    """The database's own administrator, who also sees the oplog."""
    scheme, rest = given().split("://", 1)
    place = rest.split("@", 1)[1]
    password = (DATA / "mongodb/password-administrator").read_text().strip()
    return connect(f"{scheme}://administrator:{urllib.parse.quote(password, safe='')}@{place}")


def texts():
    """Every document (of the server's own collections the oplog's alone) and every file of database and logs."""
    with administrator() as admin:
        for name in set(admin.list_database_names()) - {"admin", "config"}:
            raw = admin.get_database(name, codec_options=CodecOptions(document_class=RawBSONDocument))
            names = ["oplog.rs"] if name == "local" else raw.list_collection_names()
            for collection in names:
                yield f"{name}.{collection}", b"".join(each.raw for each in raw[collection].find())
        admin.admin.command("fsync", 1)
    for path in list((DATA / "mongodb/data").rglob("*")) + [DATA / "mongod.log", DATA.parent / "log"]:
        if path.is_file() and not path.name.startswith("WiredTigerPreplog"):
            yield str(path), path.read_bytes().rstrip(b"\0")


def search(command):
    """Where any of the needles (hex) stands; and what should have been looked through but was not."""
    needles = [bytes.fromhex(each) for each in command["needles"]]
    hits, looked = [], {}
    for place, text in texts():
        looked[place] = len(text)
        hits += [{"place": place, "needle": each.hex()} for each in needles if each in text]
    needed = ["passerelle.accounts", "local.oplog.rs", str(DATA.parent / "log")]
    missed = [each for each in needed if not looked.get(each)]
    return {"hits": hits, "missed": missed}


def watch(command):
    """Has the server note every operation on the installation's database, or no more."""
    with administrator() as admin:
        admin.passerelle.command("profile", 2 if command["on"] else 0)


def watched(command):
    """The operations noted on a collection that name a document by its id: kind, plan, documents looked at."""
    with administrator() as admin:
        noted = admin.get_database("passerelle", codec_options=OPTIONS)["system.profile"]
        found = noted.find({"ns": "passerelle." + command["collection"]}).sort("ts", 1)
        return [
            {"kind": each["op"], "plan": each.get("planSummary", ""), "examined": each.get("docsExamined", 0)}
            for each in found if command["id"] in repr(each)
        ]


def resolved(contract, value):
    while "$ref" in value:
        name = value["$ref"]
        value = contract
        for part in name.removeprefix("#/").split("/"):
            value = value[part]
    return value


def conform(command):
    """What in an answer is not as the OpenAPI document says."""
    contract = json.loads(command["contract"])
    operation = contract["paths"][command["path"]][command["method"]]
    response = resolved(contract, operation["responses"][command["status"]])
    fields = {name: value for name, value in command["fields"]}
    faults = []
    media = response["content"].get(fields.get("content-type", ""))
    if media is None:
        return [f"content type {fields.get('content-type')}"]
    schema = {**media["schema"], "components": contract["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    for each in validator.iter_errors(json.loads(command["body"])):
        faults.append(f"{list(each.instance_path)}: {each.message}")
    for name, header in response.get("headers", {}).items():
        header = resolved(contract, header)
        value = fields.get(name.lower())
        if value is None:
            faults += [f"no {name}"] if header.get("required") else []
            continue
        if header["schema"].get("type") == "integer":
            value = int(value)
        for each in jsonschema_rs.Draft202012Validator(header["schema"]).iter_errors(value):
            faults.append(f"{name}: {each.message}")
    return faults


COMMANDS = {
    each.__name__: each for each in (conform, find, update, decrypt, search, watch, watched)
}

for line in sys.stdin:
    try:
        command = json_util.loads(line, json_options=JSON)
        answer = {"ok": COMMANDS[command["do"]](command)}
    except Exception as error:  # whatever went wrong, the test is told
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json_util.dumps(answer, json_options=JSON), flush=True)
