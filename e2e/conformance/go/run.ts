// SPDX-License-Identifier: MIT
// The local API judged by grpc-go, a third implementation. Nothing is downloaded: it is built from Debian's packages.
//
//   node e2e/conformance/go/run.ts 192.168.100.1:9200
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const GOPATH = "/usr/share/gocode";
const packages = ["golang-go", "golang-google-grpc-dev", "golang-github-golang-protobuf-1-5-dev"];
const sources = ["google.golang.org/grpc", "google.golang.org/protobuf/types/dynamicpb"];

const missing = sources.filter(source => !existsSync(join(GOPATH, "src", source)));
if (missing.length > 0 || spawnSync("go", ["version"]).status !== 0) {
  console.error(`Go or ${sources.join(" or ")} is missing here: apt-get install ${packages.join(" ")}`);
  process.exitCode = 2;
} else {
  const program = join(import.meta.dirname, "main.go");
  const { status } = spawnSync("go", ["run", program, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, GO111MODULE: "off", GOPATH, GOFLAGS: "" },
  });
  process.exitCode = status ?? 1;
}
