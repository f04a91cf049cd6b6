import { defineRule } from '../define-rule';
import type { LintedPolicy } from '../define-rule';
import { findSecrets, isLiteralKey } from '../secrets';
import type { Secret } from '../secrets';

export const policySecret = defineRule({
  kind: 'policy',
  id: 'policy-secret',
  summary: 'A key, passphrase or password stands in the policy file',
  severity: 'error',
  docs: `A policy file is read by reviewers, by continuous integration and by everybody who may read the repository, and what was in it once stays in its history. No key of a policy takes a secret: zfs asks for the key (\`keys.location: prompt\`), ssh has its own keys, and \`escrow\` says where a copy of the key is kept and by whom.

The whole text is looked at, comments too, for

- keys of 32 bytes in hex or base64, or as \`\\x…\` bytes, which is what \`keyformat=hex\` and \`keyformat=raw\` take;
- private keys: of ssh and TLS (\`-----BEGIN … PRIVATE KEY-----\`), of age, and access tokens;
- what follows \`passphrase:\`, \`password:\`, \`secret:\` or \`wrapping-key:\`; in a comment only what is no sentence;
- \`keylocation\` and \`keys.location\` with something that is no place;
- passwords in URLs and in ssh destinations.

The message never repeats what was found. Fingerprints such as \`SHA256:…\`, guids, resume tokens, and whatever is named a digest, checksum or commit are silent, and so are placeholders such as \`<passphrase>\`.

Removing the text is not enough. \`zfs change-key\` makes a new wrapped key for the data at the source. The replica gets it with its next increment, but whoever kept the old passphrase and a copy of the dataset from before can still open that copy. Change it, replicate every dataset of the encryption root, and treat older copies as readable.`,
  *check({ text, spans }) {
    const secrets = findSecrets(text);
    for (const { span, what } of [...secrets, ...literalLocations(spans, secrets)]) {
      const message = `this looks like ${what}: whoever reads this file or its history has it, so remove it, and change it where it is in use`;
      yield { span, message };
    }
  },
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  # passphrase: correct horse battery staple
  #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this looks like a passphrase or password
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    # 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this looks like a key of 32 bytes in hex
    # mirrored to https://backup:Tr0ub4dor@nas.example/prod
    #                            ^^^^^^^^^ this looks like the password of a URL
    keys: { location: Winter-is-late-2026 }
    #                 ^^^^^^^^^^^^^^^^^^^ this looks like a key where only its place may stand
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault } # SHA256:2vE0dTqXyYzQ8n1mD3r5u7w9x1z3B5D7F9H1J3L5N7o
policies:
  # passphrase: in the safe of the second floor, envelope 12
  # approved plan sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod # guid 13246531465243164865
`,
    ],
  },
});

/** `keys.location` of every policy, where it is neither a place nor `prompt`. */
function literalLocations(spans: LintedPolicy['spans'], known: readonly Secret[]): readonly Secret[] {
  const policies = [...(spans.node(['policies'])?.entries.keys() ?? [])].map((name) => ['policies', name]);
  const places = [...policies, ['defaults']].map((path) => [...path, 'keys', 'location']);
  const found = places.flatMap((path) => {
    const value = spans.node(path)?.value;
    const span = spans.value(path);
    // What an included file says is found there.
    if (spans.entry(path)?.from !== undefined) return [];
    if (typeof value !== 'string' || span === undefined || !isLiteralKey(value)) return [];
    if (known.some((other) => other.span.start < span.end && span.start < other.span.end)) return [];
    return [{ span, what: 'a key where only its place may stand' }];
  });
  // What policies have from an alias or the defaults stands in one place.
  return [...new Map(found.map((secret) => [secret.span.start, secret])).values()];
}
