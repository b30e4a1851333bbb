// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  checkCosignature,
  checkNote,
  checkpointText,
  cosign,
  formatNote,
  formatSignature,
  formatVerifierKey,
  generateLedgerKey,
  logNoteKey,
  logOrigin,
  type NoteKey,
  noteKey,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseSignature,
  parseVerifierKey,
  type Result,
  signCheckpoint,
  signNote,
} from "./index.ts";

// Key and note of the reference implementation (golang.org/x/mod/sumdb/note, package documentation).
const VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SEED = "810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173";
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
// The example checkpoint of C2SP tlog-checkpoint and tlog-cosignature, signed with the key above by a second
// implementation (Python's cryptography).
const CHECKPOINT = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa vtVYG5/3L9NHv4CxP0XTzEcSuWnwY/BYfHU7NnQPhQyrEuH+AqeHvF+HXNvu8ujR9RQHE17Tcer4sDE9uIi/Yx6ihwc=
— witness.example.com/w1 1GorGwAAAABkGFDLJeR//pqzhnEKVvEm2wWbh2RJ6oru5+cUUfm5X9NnlaGr8aSH9QE5RVZD4QGlxl2F5UpVIIi94p178KLfqPPsAA==
`;
const WITNESS = "witness.example.com/w1+d46a2b1b+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const COSIGNED_AT_MS = 1_679_315_147_000;

/** RFC 8410 §7: the seed after the fixed PKCS #8 prefix of Ed25519. */
const privateKey: KeyObject = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${SEED}`, "hex"),
  format: "der",
  type: "pkcs8",
});
const publicKey = createPublicKey(privateKey);

function contentOf<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.error.code);

test("the reference implementation's note is read, verified, and signed byte for byte", () => {
  const key = contentOf(parseVerifierKey(VERIFIER));
  assert.equal(key.name, "PeterNeumann");
  assert.equal(key.keyId, 0xc74f20a3);
  assert.equal(formatVerifierKey(key), VERIFIER);
  const note = contentOf(parseNote(NOTE));
  assert.equal(note.text, TEXT);
  assert.ok(checkNote(note, key).ok);
  assert.equal(formatNote(TEXT, [signNote(TEXT, "PeterNeumann", privateKey)]), NOTE);
});

test("a checkpoint and its cosignature agree with a second implementation, byte for byte", () => {
  const root = Buffer.from("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "base64");
  const content = { origin: "example.com/behind-the-sofa", size: 20_852_163, root: new Uint8Array(root) };
  const text = checkpointText(content);
  const line = cosign(text, "witness.example.com/w1", privateKey, COSIGNED_AT_MS + 999);
  assert.equal(signCheckpoint(content, privateKey, [line]), CHECKPOINT);
  const opened = contentOf(openCheckpoint(CHECKPOINT, publicKey));
  assert.deepEqual({ origin: opened.origin, size: opened.size, root: opened.root }, content);
  const witness = contentOf(parseVerifierKey(WITNESS));
  assert.deepEqual(witness.type, "cosignature/v1");
  const cosignature = opened.note.signatures[1]!;
  assert.deepEqual(checkCosignature(opened.note.text, cosignature, witness), {
    ok: true,
    value: COSIGNED_AT_MS,
  });
  assert.equal(codeOf(checkCosignature(`${text}x`, cosignature, witness)), "note-signature-invalid");
  const asLog = noteKey(witness.name, "ed25519", publicKey);
  assert.equal(codeOf(checkCosignature(text, cosignature, asLog)), "note-unsigned");
});

test("a cosignature says when: another time in it does not hold", () => {
  const text = checkpointText({ origin: "log", size: 1, root: new Uint8Array(32) });
  const key: NoteKey = noteKey("w", "cosignature/v1", publicKey);
  const line = cosign(text, "w", privateKey, 5_000);
  for (let byte = 0; byte < line.signature.byteLength; byte++) {
    const signature = Uint8Array.from(line.signature);
    signature[byte]! ^= 1;
    assert.equal(codeOf(checkCosignature(text, { ...line, signature }, key)), "note-signature-invalid");
  }
  const short = { ...line, signature: line.signature.subarray(1) };
  assert.equal(codeOf(checkCosignature(text, short, key)), "note-signature-invalid");
});

test("a note is read one way or not at all", () => {
  const bad: [string, string][] = [
    ["no signatures", TEXT],
    ["no text", NOTE.slice(NOTE.indexOf("—"))],
    ["no last newline", NOTE.slice(0, -1)],
    ["a hyphen for the dash", NOTE.replace("—", "-")],
    ["two spaces", NOTE.replace("— ", "—  ")],
    ["no name", NOTE.replace("PeterNeumann ", "")],
    ["a plus in the name", NOTE.replace("PeterNeumann", "Peter+Neumann")],
    ["broken base64", NOTE.replace("JnAM=", "JnAM")],
    ["another spelling of the base64", NOTE.replace("JnAM=", "JnAN=")],
    ["a tab", NOTE.replace("If you", "If\tyou")],
    ["a carriage return", NOTE.replace("problem,", "problem,\r")],
    ["half a character", NOTE.replace("If", "\ud800")],
    ["too long", `${"x".repeat(70_000)}\n${NOTE}`],
    ["too many signatures", NOTE + NOTE.slice(NOTE.indexOf("—")).repeat(64)],
  ];
  for (const [how, note] of bad) assert.equal(codeOf(parseNote(note)), "bad-note", how);
  // The text may hold empty lines: the last one separates.
  const text = "one\n\ntwo\n";
  const signed = formatNote(text, [signNote(text, "PeterNeumann", privateKey)]);
  assert.equal(contentOf(parseNote(signed)).text, text);
});

test("other keys' signatures are left aside; one of the known key that fails spoils the note", () => {
  const known = contentOf(parseVerifierKey(VERIFIER));
  const stranger = generateLedgerKey();
  const own = signNote(TEXT, "PeterNeumann", privateKey);
  const other = signNote(TEXT, "PeterNeumann", stranger.privateKey);
  const broken = { ...own, signature: other.signature };
  const check = (...signatures: Parameters<typeof formatNote>[1]) =>
    codeOf(checkNote(contentOf(parseNote(formatNote(TEXT, signatures))), known));
  assert.equal(check(other, own), null);
  assert.equal(check(other), "note-unsigned");
  assert.equal(check(own, broken), "note-signature-invalid");
  assert.equal(check(signNote(TEXT, "Other", privateKey)), "note-unsigned");
});

test("a verifier key is refused in every other spelling", () => {
  for (const text of [
    "",
    "PeterNeumann",
    VERIFIER.replace("c74f20a3", "c74f20a4"),
    VERIFIER.replace("c74f20a3", "C74F20A3"),
    VERIFIER.replace("PeterNeumann", "Peter Neumann"),
    VERIFIER.replace("+AR", "+BR"),
    VERIFIER.replace("10TW", "10T="),
    `${VERIFIER}\n`,
  ])
    assert.equal(codeOf(parseVerifierKey(text)), "bad-note", text);
});

test("a checkpoint is origin, size and root; extension lines are let be", () => {
  const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  const note = (...lines: string[]): string => {
    const text = lines.map(line => `${line}\n`).join("");
    return formatNote(text, [signNote(text, "log", privateKey)]);
  };
  assert.equal(contentOf(openCheckpoint(note("log", "7", root, "extension"), publicKey)).size, 7);
  assert.equal(contentOf(parseCheckpoint(note("log", "0", root))).size, 0);
  const bad = [
    note("log", "7"),
    note("", "7", root),
    note("log", "07", root),
    note("log", "-1", root),
    note("log", "1e3", root),
    note("log", "99999999999999999", root),
    note("log", "7", root.slice(0, -1)),
    note("log", "7", "AAAA"),
    note("log", "7", root, ""),
  ];
  for (const text of bad) assert.equal(codeOf(parseCheckpoint(text)), "bad-note", text);
  assert.equal(codeOf(openCheckpoint(note("a log", "7", root), publicKey)), "bad-note");
  assert.equal(codeOf(openCheckpoint(note("other", "7", root), publicKey)), "note-unsigned");
  const renamed = openCheckpoint(note("log", "7", root), noteKey("another", "ed25519", publicKey));
  assert.equal(codeOf(renamed), "log-renamed");
});

test("a log is named after its key, and signs only what no head of it can be", () => {
  const { publicKey: own } = generateLedgerKey();
  assert.match(logOrigin(own), /^perigee\.example\/log\/[0-9a-f]{16}$/);
  assert.equal(logNoteKey(own).name, logOrigin(own));
  const brace = { origin: '{"size":1}', size: 1, root: new Uint8Array(32) };
  assert.throws(() => signCheckpoint(brace, privateKey), RangeError);
  assert.throws(() => noteKey("two words", "ed25519", own), RangeError);
});

test("signature lines survive writing and reading; noise is refused without an exception", () => {
  const name = fc.stringMatching(/^[a-z0-9./-]{1,40}$/);
  fc.assert(
    fc.property(
      name,
      fc.nat(0xffffffff),
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      (n, keyId, signature) => {
        const line = { name: n, keyId, signature };
        assert.deepEqual(parseSignature(formatSignature(line)), { ok: true, value: line });
      },
    ),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), text => {
      parseNote(text);
      parseCheckpoint(`${text}\n\n— a ${Buffer.from(text).toString("base64")}\n`);
      parseVerifierKey(text);
      parseSignature(`— ${text}`);
    }),
    { numRuns: 2_000 },
  );
});
