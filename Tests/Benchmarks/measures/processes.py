"""Starts what is measured, and what it is measured against; ends it by its own process id."""
import contextlib, os, shutil, signal, socket, subprocess, tempfile, time, urllib.request

BIN = os.path.join(".build", "release")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended with status {process.returncode} before it served")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=1).close()
            return
        time.sleep(0.05)
    raise SystemExit(f"nothing answers at {url}")


@contextlib.contextmanager
def running(arguments, url, environment=None, log=None):
    output = open(log, "w") if log else subprocess.DEVNULL
    process = subprocess.Popen(arguments, env=dict(os.environ, **(environment or {})), stdin=subprocess.DEVNULL,
                               stdout=output, stderr=output)
    try:
        wait_for(url, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def installation(**environment):
    """A whole installation with data of its own; yields its base URL and the supervisor's process."""
    port = free_port()
    with tempfile.TemporaryDirectory(dir=".build", prefix="bench-") as data:
        os.chmod(data, 0o711)  # functions run as another user where this is root
        settings = {"PORT": str(port), "DATA_DIR": data, "PUBLIC_URL": "", "REGISTRATION_PER_SECOND": "0", **environment}
        path = os.environ["PATH"] + ":" + os.path.abspath(".tools/mongodb")
        with running([f"{BIN}/set-up", "serve"], f"http://127.0.0.1:{port}/healthz", {**settings, "PATH": path},
                     os.path.join(data, "serve.log")) as process:
            process.data = os.path.abspath(data)
            yield f"http://127.0.0.1:{port}", process


@contextlib.contextmanager
def gateway(stack, **environment):
    """The gateway alone over a stack file, without database; yields its base URL and process."""
    port = free_port()
    with tempfile.TemporaryDirectory(dir=".build", prefix="bench-") as folder:
        path = os.path.join(folder, "stack.yml")
        with open(path, "w") as file:
            file.write(stack)
        os.mkdir(os.path.join(folder, "secrets"), 0o700)
        settings = {"PORT": str(port), "DATA_DIR": folder, "STACK": path, "SECRETS": os.path.join(folder, "secrets")}
        with running([f"{BIN}/passerelle"], f"http://127.0.0.1:{port}/healthz", {**settings, **environment}) as process:
            yield f"http://127.0.0.1:{port}", process


@contextlib.contextmanager
def nginx():
    """nginx answering 200 by itself, with one worker."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w") as file:
            file.write(f"""daemon off; worker_processes 1; pid {folder}/pid; error_log /dev/null crit;
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
uwsgi_temp_path {folder}; scgi_temp_path {folder}; keepalive_requests 100000000;
server {{ listen 127.0.0.1:{port}; location / {{ return 200 "{'x' * 100}"; }} }} }}
""")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        with running([program, "-c", config], f"http://127.0.0.1:{port}/") as process:
            yield f"http://127.0.0.1:{port}/", process


@contextlib.contextmanager
def bare_server():
    """The gateway's own HTTP server without functions behind it."""
    port = free_port()
    with running([f"{BIN}/bare-server", str(port)], f"http://127.0.0.1:{port}/") as process:
        yield f"http://127.0.0.1:{port}/", process


def resident_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(word) for word in file.read().split()]


def name(pid):
    with open(f"/proc/{pid}/comm") as file:
        return file.read().strip()
