import JSON
import Primitives
import Testing

@testable import BackupStores

/// What is sent to an object store, without one.
@Suite struct ObjectStoreTests {
    private static let access = """
        {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
        """

    /// The example "Get bucket (list objects)" in Amazon's documentation of Signature Version 4 for S3.
    @Test func `a signature is as in Amazon's example`() throws {
        let request = SignedRequest(
            method: "GET", path: "/", query: [("prefix", "J"), ("max-keys", "2")],
            host: "examplebucket.s3.amazonaws.com",
            contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let access = try ObjectStoreAccess(json: JSONValue(parsing: Array(Self.access.utf8)))
        let fields = request.fields(
            access, region: "us-east-1", at: Timestamp(milliseconds: 1_369_353_600_000))
        #expect(request.encodedQuery == "max-keys=2&prefix=J")
        #expect(fields.map(\.name) == ["x-amz-content-sha256", "x-amz-date", "authorization"])
        #expect(fields[1].value == "20130524T000000Z")
        #expect(
            fields[2].value
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
                + "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    }

    @Test func `a query is encoded and sorted by what is sent`() {
        let request = SignedRequest(
            method: "GET", path: "/b",
            query: [("prefix", "a/b c"), ("continuation-token", "1/é+=="), ("list-type", "2")],
            host: "h", contentHash: "")
        #expect(
            request.encodedQuery == "continuation-token=1%2F%C3%A9%2B%3D%3D&list-type=2&prefix=a%2Fb%20c")
    }

    @Test(arguments: [
        ("s3://bucket/a/b", "s3://bucket/a/b/"), ("s3://bucket", "s3://bucket/"), ("s3://bucket/", "s3://bucket/"),
        ("s3://bucket//a//", "s3://bucket/a/"),
    ])
    func `a target names a bucket and a prefix`(target: String, name: String) throws {
        #expect(try ObjectStorePlace(target, endpoint: nil, region: nil).name == name)
    }

    @Test(arguments: [
        "s3://", "s3://B", "s3://ab", "s3://bucket/../x", "s3://bucket/a b", "s3://-ab/x", "/x", "s3://a..b",
    ])
    func `another target is refused`(_ target: String) {
        #expect(throws: BackupStoreError.self) { try ObjectStorePlace(target, endpoint: nil, region: nil) }
    }

    @Test(arguments: ["ftp://h", "https://", "https://h/path", "https://user@h", "h:9000", "https://h?x"])
    func `another endpoint is refused`(_ endpoint: String) {
        #expect(throws: BackupStoreError.self) { try ObjectStorePlace("s3://bucket", endpoint: endpoint, region: nil) }
    }

    @Test func `an endpoint is kept as the host is sent`() throws {
        let hosts = ["https://h:443/": "h", "http://h:80": "h", "http://127.0.0.1:5000": "127.0.0.1:5000"]
        for (endpoint, host) in hosts {
            #expect(try ObjectStorePlace("s3://bucket", endpoint: endpoint, region: nil).host == host)
        }
        #expect(
            try ObjectStorePlace("s3://bucket", endpoint: nil, region: "eu-west-3").host == "s3.eu-west-3.amazonaws.com"
        )
    }

    @Test func `a page of a list is read, and what follows it`() {
        let page = ObjectListPage(
            parsing: Array(
                """
                <?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated>
                <Contents><Key>p/a&amp;b</Key><Size>12</Size></Contents><Contents><Key>broken</Key></Contents>
                <Contents><Size>3</Size><Key>p/c</Key></Contents>
                <NextContinuationToken>1&amp;2</NextContinuationToken></ListBucketResult>
                """.utf8))
        #expect(page.objects.map(\.name) == ["p/a&b", "p/c"])
        #expect(page.objects.map(\.bytes) == [12, 3])
        #expect(page.next == "1&2")
    }
}
