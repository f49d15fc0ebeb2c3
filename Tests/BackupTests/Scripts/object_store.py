"""An S3 store of moto's with authentication on, over HTTP on loopback, until the end of the input.

Prints one line of JSON: its endpoint, a user's keys, and the keys of a user who may do nothing; then, for each line of
input, one with the sizes of the parts of each upload that was begun and is neither complete nor aborted.

It is in trouble with the second part of what has `broken` in its name, each time, and of `flaky`, the first time; and
with the second piece that is fetched of `flaky`, the first time.
"""
import json, os, sys

os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "6"

import boto3
from moto.moto_server import threaded_moto_server
from moto.server import ThreadedMotoServer


class Troubled(threaded_moto_server.DomainDispatcherApplication):
    met = set()

    def __call__(self, environ, start_response):
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        is_second = "partNumber=2&" in query or int(environ.get("HTTP_RANGE", "bytes=0-").split("=")[1].split("-")[0]) > 0
        attempt = (environ["REQUEST_METHOD"], path)
        if is_second and ("broken" in path or "flaky" in path and attempt not in self.met):
            self.met.add(attempt)
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start_response("503 Slow Down", [("Content-Type", "application/xml")])
            return [b"<Error><Code>SlowDown</Code>" + b"<Message>Later.</Message>" * 1000 + b"</Error>"]
        return super().__call__(environ, start_response)


threaded_moto_server.DomainDispatcherApplication = Troubled
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
endpoint = f"http://{host}:{port}"
anyone = dict(endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
iam = boto3.client("iam", **anyone)
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
# Six calls that are not authenticated; from then on all are.
iam.create_user(UserName="keeper")
iam.put_user_policy(UserName="keeper", PolicyName="all", PolicyDocument=json.dumps(policy))
keeper = iam.create_access_key(UserName="keeper")["AccessKey"]
iam.create_user(UserName="stranger")
stranger = iam.create_access_key(UserName="stranger")["AccessKey"]
boto3.client("s3", **anyone).create_bucket(Bucket="backups")


def secret(key):
    return json.dumps({"accessKeyId": key["AccessKeyId"], "secretAccessKey": key["SecretAccessKey"]})


print(json.dumps({"endpoint": endpoint, "keeper": secret(keeper), "stranger": secret(stranger)}), flush=True)
store = boto3.client(
    "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=keeper["AccessKeyId"],
    aws_secret_access_key=keeper["SecretAccessKey"])
for line in sys.stdin:
    open_uploads = store.list_multipart_uploads(Bucket="backups").get("Uploads", [])
    named = [dict(Bucket="backups", Key=each["Key"], UploadId=each["UploadId"]) for each in open_uploads]
    print(json.dumps([[part["Size"] for part in store.list_parts(**each).get("Parts", [])] for each in named]), flush=True)
