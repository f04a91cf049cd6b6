import { defineRule } from '../define-rule';

export const policyVault = defineRule({
  kind: 'policy',
  id: 'policy-vault',
  summary: 'A policy with `intent: vault` allows what a vault never has: plain data, a key, or a mount',
  severity: 'error',
  docs: `A vault holds encrypted data and can never read it. That is worth something only when nothing in the policy opens a door, so with \`intent: vault\` these are refused:

- \`send.raw: false\`: the source decrypts what it sends, and the target stores what it gets;
- \`receive.mount: true\`: an encrypted dataset mounts only with its key;
- \`keys.location\` other than \`prompt\`: with \`file://\` or \`https://\` the next \`zfs load-key -a\` or \`zpool import -l\` unlocks and mounts the vault without asking anybody;
- \`keys.load\` other than \`never\`;
- **a target that could be mounted.** \`zfs receive -u\` acts once, and the next \`zpool import\` mounts what can be mounted. \`mountpoint=none\` is inherited and covers the whole tree. \`canmount\` is not inherited: \`zfs receive -o canmount=off\` of a \`-R\` stream sets it on the top dataset only, the children arrive with \`on\`. So \`canmount: off\` or \`noauto\` is enough only with \`recursive: false\`.

The defaults of every one of these are right: removing the key is a fix. If keys are meant to be loaded on the target by hand, the policy is a \`standby\`: say so.

The fixes are unsafe, because they decide between two statements of the author that exclude each other. Suppressing this finding does not make the file run.`,
  check: ({ problems }) => problems.filter(({ rule }) => rule === 'policy-vault'),
  examples: {
    bad: [
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    send: { raw: false }
    #            ^^^^^ without \`raw\` the source decrypts what it sends
    receive:
      mount: true
      #      ^^^^ a vault is never mounted
      set: { mountpoint: /backup }
      #                  ^^^^^^^ \`/backup\` is a place to mount
    keys:
      location: file:///etc/zfs/vault.key
      #         ^^^^^^^^^^^^^^^^^^^^^^^^^ a vault with a key location loads its key
      load: manual
      #     ^^^^^^ a vault never has its key
`,
        fixed: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    send: { raw: true }
    receive:
      mount: false
      set: { mountpoint: none }
    keys:
      location: prompt
      load: never
`,
      },
      {
        text: `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    receive: { ignore: [mountpoint], set: { canmount: "off" } }
    #                   ^^^^^^^^^^ an ignored mountpoint is inherited
`,
      },
    ],
    good: [
      `version: 1
hosts:
  prod: { ssh: root@prod }
  vault: { ssh: root@vault }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
  one-dataset:
    intent: vault
    source: prod:tank/db
    target: vault:backup/db
    recursive: false
    receive: { ignore: [mountpoint], set: { canmount: noauto } }
`,
      `version: 1
hosts:
  prod: { ssh: root@prod }
  spare: { ssh: root@spare }
policies:
  prod-to-spare:
    intent: standby
    source: prod:tank/prod
    target: spare:tank/prod
    keys: { load: manual }
    receive: { ignore: [mountpoint] }
`,
    ],
  },
});
