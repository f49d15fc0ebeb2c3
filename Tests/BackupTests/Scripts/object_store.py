"""An S3 store of moto's with authentication on, over HTTP on loopback, until the end of the input.

Prints one line of JSON: its endpoint, a user's keys, and the keys of a user who may do nothing.
"""
import json, os, sys

os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "6"

import boto3
from moto.server import ThreadedMotoServer

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
sys.stdin.read()
