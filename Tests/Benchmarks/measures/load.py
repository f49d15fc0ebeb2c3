"""A POST of 100 bytes over and over, by wrk."""
import os, re, subprocess, tempfile

SCRIPT = """wrk.method = "POST"
wrk.body = string.rep("x", 100)
wrk.headers["Content-Type"] = "text/plain"
done = function(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
  io.write(string.format("figures %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
"""


def post(url, connections, seconds):
    """Gives calls a second, and p50 and p99 in milliseconds; ends the run where a call failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT)
        script.flush()
        output = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, url],
                                capture_output=True, text=True, check=True).stdout
    count, micros, p50, p99, failed = map(int, re.search(r"figures (\d+) (\d+) (\d+) (\d+) (\d+)", output).groups())
    if failed:
        raise SystemExit(f"{failed} calls of {url} failed:\n{output}")
    return count / (micros / 1e6), p50 / 1000, p99 / 1000
