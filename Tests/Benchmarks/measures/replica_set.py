"""Three members of a replica set on this machine, whose primary can be killed, or made to take back what it took."""
import glob, os, shutil, signal, subprocess, tempfile, time

import bson
import pymongo
from pymongo.errors import PyMongoError

from . import processes

ALONE = 1  # seconds; less than it takes the primary to notice that it is alone


class ReplicaSet:
    def __init__(self):
        self.folder = os.path.abspath(tempfile.mkdtemp(dir=".build", prefix="members-"))
        self.ports = [processes.free_port() for _ in range(3)]
        self.members = {}
        self.rollbacks = 0
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        self.uri = f"mongodb://{hosts}/?replicaSet=faults"

    def __enter__(self):
        for port in self.ports:
            self.start(port)
        self.settle(self.initiate)
        self.settle(self.primary)
        return self

    def __exit__(self, *_):
        for process in self.members.values():
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, port):
        data = os.path.join(self.folder, str(port))
        os.makedirs(data, exist_ok=True)
        program = shutil.which("mongod", path=os.environ["PATH"] + ":" + os.path.abspath(".tools/mongodb"))
        self.members[port] = subprocess.Popen(
            [program, "--dbpath", data, "--port", str(port), "--bind_ip", "127.0.0.1", "--replSet", "faults",
             "--nounixsocket", "--oplogSize", "256", "--wiredTigerCacheSizeGB", "0.25", "--setParameter",
             "diagnosticDataCollectionEnabled=false"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def client(self, port):
        return pymongo.MongoClient("127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=1000,
                                   socketTimeoutMS=5000)

    def initiate(self):
        with self.client(self.ports[0]) as client:
            client.admin.command("replSetInitiate", {
                "_id": "faults", "settings": {"electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 500},
                "members": [{"_id": number, "host": f"127.0.0.1:{port}"} for number, port in enumerate(self.ports)]})
        return True

    def primary(self, among=None):
        """The port of the member that takes writes; `None` while there is none."""
        for port in among or self.ports:
            if self.members[port].poll() is None:
                with self.client(port) as client:
                    if client.admin.command("hello").get("isWritablePrimary"):
                        return port

    def settle(self, condition, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                result = condition()
                if result:
                    return result
            except PyMongoError:
                pass
            time.sleep(0.1)
        raise SystemExit("the three members do not agree")

    def all_there(self):
        """Whether one is the primary and the two others follow it."""
        port = self.primary()
        if port is None:
            return False
        with self.client(port) as client:
            states = [member["stateStr"] for member in client.admin.command("replSetGetStatus")["members"]]
        return sorted(states) == ["PRIMARY", "SECONDARY", "SECONDARY"]

    def replace_primary(self):
        """Waits until all are there, kills the primary and, once there is another one, starts it again."""
        self.settle(self.all_there)
        port = self.settle(self.primary)
        self.members[port].kill()
        self.members[port].wait()
        self.settle(self.primary)
        self.start(port)

    def roll_back(self):
        """Has the primary take writes that nobody else gets, and take them back: the others are killed and come back
        when it hangs, and it goes on, or is started again, once there is another one."""
        self.settle(self.all_there)
        port = self.settle(self.primary)
        before = self.rollback_id(port)
        others = [other for other in self.ports if other != port]
        for other in others:
            self.members[other].kill()
            self.members[other].wait()
        time.sleep(ALONE)
        is_killed = self.rollbacks % 2 == 1
        self.members[port].send_signal(signal.SIGKILL if is_killed else signal.SIGSTOP)
        for other in others:
            self.start(other)
        self.settle(lambda: self.primary(others))
        if is_killed:
            self.members[port].wait()
            self.start(port)
        else:
            self.members[port].send_signal(signal.SIGCONT)
        self.settle(lambda: self.rollback_id(port) != before)
        self.settle(self.all_there)
        self.rollbacks += 1

    def rollback_id(self, port):
        """What is another one after each rollback."""
        with self.client(port) as client:
            return client.admin.command("replSetGetRBID")["rbid"]

    def taken_back(self):
        """How many messages the members took back; they keep what they removed in files."""
        count = 0
        for path in glob.glob(os.path.join(self.folder, "*", "rollback", "**", "*.bson"), recursive=True):
            with open(path, "rb") as file:
                count += sum("clientMessageId" in document for document in bson.decode_file_iter(file))
        return count
