"""An installation whose processes may be killed, the gateway among them, and that is then started again."""
import os, shutil, signal, subprocess, tempfile, time

from . import processes


class Site:
    """Data of its own, one address for all its life."""

    def __init__(self, **environment):
        port = processes.free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.data = os.path.abspath(tempfile.mkdtemp(dir=".build", prefix="faults-"))
        path = os.environ["PATH"] + ":" + os.path.abspath(".tools/mongodb")
        self.environment = {
            **os.environ, "PORT": str(port), "DATA_DIR": self.data, "PUBLIC_URL": self.url, "MESSAGE_RATE": "0",
            "FIRST_CONTACTS_PER_DAY": "0", "REGISTRATION_PER_SECOND": "0", "PATH": path, **environment}
        self.process = None
        self.revivals = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)

    def start(self):
        with open(os.path.join(self.data, "serve.log"), "a") as log:
            self.process = subprocess.Popen([f"{processes.BIN}/set-up", "serve"], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        processes.wait_for(self.url + "/healthz", self.process)

    def tend(self):
        """Starts it again where what supervises has given up, as it does when a database ends three times a minute."""
        if self.process.poll() is not None:
            self.revivals += 1
            self.start()

    def processes(self, program, root=None):
        """The ids of the processes of that program, below the one that supervises."""
        found = []
        for pid in self.children(root or self.process.pid):
            try:
                found += [pid] if processes.name(pid) == program[:15] else []
            except OSError:
                continue
            found += self.processes(program, pid)
        return found

    @staticmethod
    def children(pid):
        try:
            return processes.children(pid)
        except OSError:
            return []

    def kill_gateway(self):
        """Kills it, and waits until what supervised it has ended, too."""
        for pid in self.processes("passerelle"):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(60)
