"""A KMIP server of PyKMIP's on loopback with certificates made for it, until the end of the input.

Usage: key_server.py FOLDER. Prints two lines of JSON, each what the secret `kms` holds to use one of its keys.
"""
import datetime, ipaddress, json, os, pathlib, random, signal, socket, subprocess, sys, time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

folder = pathlib.Path(sys.argv[1])


def certify(name, issuer=None, usage=None):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False))
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    certificate = builder.sign(issuer[1] if issuer else key, hashes.SHA256())
    written = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.crt").write_bytes(written)
    (folder / f"{name}.key").write_bytes(secret)
    (folder / f"{name}.pem").write_bytes(secret + written)
    return certificate, key


authority = certify("authority")
certify("server", authority, ExtendedKeyUsageOID.SERVER_AUTH)
certify("client", authority, ExtendedKeyUsageOID.CLIENT_AUTH)
with socket.socket() as probe:
    probe.bind(("127.0.0.1", random.randrange(30000, 32000)))
    port = probe.getsockname()[1]
(folder / "policies").mkdir()
serving = f"""
import logging
from kmip.services.server import KmipServer
server = KmipServer(
    hostname="127.0.0.1", port={port}, certificate_path="{folder}/server.crt", key_path="{folder}/server.key",
    ca_path="{folder}/authority.crt", auth_suite="TLS1.2", config_path=None, log_path="{folder}/server.log",
    policy_path="{folder}/policies", enable_tls_client_auth=True, tls_cipher_suites=[], logging_level="DEBUG",
    database_path="{folder}/kmip.db")
with server:
    server.serve()
"""
# A session of its own: the server has helpers, which outlive it unless the whole group is killed.
process = subprocess.Popen(
    [sys.executable, "-c", serving], stdout=subprocess.DEVNULL, stderr=open(folder / "err", "w"),
    start_new_session=True)
try:
    import logging

    from kmip.core import enums
    from kmip.pie.client import ProxyKmipClient
    from kmip.pie.objects import SecretData

    logging.disable()
    for attempt in range(100):
        try:
            with ProxyKmipClient(
                    hostname="127.0.0.1", port=port, cert=f"{folder}/client.crt", key=f"{folder}/client.key",
                    ca=f"{folder}/authority.crt", ssl_version="PROTOCOL_TLSv1_2",
                    config_file=os.devnull) as client:
                key_ids = [
                    client.register(SecretData(os.urandom(96), enums.SecretDataType.SEED)) for _ in range(2)]
                for key_id in key_ids:
                    client.activate(key_id)
                break
        except OSError:
            if process.poll() is not None or attempt == 99:
                raise
            time.sleep(0.1)
    for key_id in key_ids:
        print(json.dumps({
            "provider": "kmip", "endpoint": f"127.0.0.1:{port}", "keyId": key_id,
            "tlsCAFile": f"{folder}/authority.crt", "tlsCertificateKeyFile": f"{folder}/client.pem"}), flush=True)
    sys.stdin.read()
finally:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
