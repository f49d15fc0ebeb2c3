import Testing

/// What people say to each other, test after test against one healthy installation that lets them talk fast.
@Suite(.serialized, .installation(["MESSAGE_RATE": "0", "FIRST_CONTACTS_PER_DAY": "0"])) struct MessagesEndToEnd {}
