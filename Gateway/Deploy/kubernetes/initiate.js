// Makes the replica set and its two users where they are missing; run by mongosh beside each member, of which the first
// one does the work. It stays, since a container that ends is started again.
const fs = require("fs");

const members = ["mongodb-0", "mongodb-1", "mongodb-2"].map((name, index) => ({
    _id: index,
    host: `${name}.mongodb.passerelle.svc.cluster.local:27017`,
    priority: index === 0 ? 2 : 1,
}));
const secret = (name) => fs.readFileSync(`/secrets/${name}`, "utf8").trim();
const patience = 5000;

function connect() {
    return new Mongo("mongodb://127.0.0.1:27017/?directConnection=true&serverSelectionTimeoutMS=5000");
}

// Gives the connection as administrator, or null where there is no such user yet.
function administrator() {
    const connection = connect();
    try {
        connection.getDB("admin").auth("administrator", secret("mongodb-admin-password"));
        return connection;
    } catch (error) {
        if (error.codeName !== "AuthenticationFailed") throw error;
        return null;
    }
}

function initiate(connection) {
    const admin = connection.getDB("admin");
    if (admin.hello().setName) return;
    const answer = admin.runCommand({ replSetInitiate: { _id: "passerelle", members } });
    if (!answer.ok && answer.codeName !== "AlreadyInitialized") throw new Error(answer.errmsg);
}

function awaitPrimary(connection) {
    while (!connection.getDB("admin").hello().isWritablePrimary) sleep(1000);
}

function makeUsers() {
    let connection = administrator();
    if (!connection) {
        connection = connect();
        awaitPrimary(connection);
        connection.getDB("admin").createUser({
            user: "administrator",
            pwd: secret("mongodb-admin-password"),
            roles: [{ role: "root", db: "admin" }],
        });
        connection = administrator();
    }
    const admin = connection.getDB("admin");
    if (!admin.getUser("passerelle")) {
        awaitPrimary(connection);
        admin.createUser({
            user: "passerelle",
            pwd: secret("mongodb-user-password"),
            roles: [
                { role: "readWrite", db: "passerelle" },
                { role: "readWrite", db: "encryption" },
            ],
        });
    }
}

if (process.env.POD_NAME === "mongodb-0") {
    for (let done = false; !done; ) {
        try {
            initiate(connect());
            makeUsers();
            done = true;
            print("The replica set and its users are there.");
        } catch (error) {
            print(`Not yet (${error.codeName || error.message}); trying again.`);
            sleep(patience);
        }
    }
}
for (;;) sleep(3600 * 1000);
