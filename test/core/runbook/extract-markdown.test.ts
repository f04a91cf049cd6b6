import { checkRegions } from './region-table';

const fence = (tag: string, body: string): string => `\`\`\`${tag}\n${body}\n\`\`\`\n`;

describe('Markdown', () => {
  describe('blocks', () => {
    checkRegions('README.md', {
      'a fence with a tag': [`text\n${fence('bash', 'zfs list\nzfs get x')}`, ['zfs list\nzfs get x']],
      'tags in other clothes': [
        ['{.bash .lines}', ' sh title="x"', 'BASH', 'zsh:a.sh', '{bash}'].map((tag) => fence(tag, 'zfs list')).join(''),
        Array.from({ length: 5 }, () => 'zfs list'),
      ],
      'other languages are none': [
        ['python', 'diff', 'text', 'powershell', 'js', 'yamlx'].map((tag) => fence(tag, 'zfs send a@b')).join(''),
        [],
      ],
      'tildes, and a longer fence around a shorter one': [
        '~~~ sh\nzfs list\n~~~\n````markdown\n```bash\nzfs send a@b\n```\n````\n',
        ['zfs list'],
      ],
      'a fence that never ends': ['```bash\nzfs list\n', ['zfs list']],
      'in a list, without the indentation': [
        '1. do\n\n   ```bash\n   zfs list \\\n     x\n   ```\n2. more\n',
        ['zfs list \\\n  x'],
      ],
      'right behind the mark of an item': ['- ```sh\n  zfs list\n  ```\n', ['zfs list']],
      'in a quotation, up to its end': ['> ```sh\n> zfs list\n> zfs get x\nzfs send a@b\n', ['zfs list\nzfs get x']],
      'indented after a blank line': [
        'text:\n\n    zfs list\n\n    zfs get x\n\nzfs send a@b\n',
        ['zfs list\n\nzfs get x'],
      ],
      'a tab indents too': ['text:\n\n\tzfs list\n', ['zfs list']],
      'not what continues a paragraph or an item': ['text\n    zfs list\n\n- a\n\n    zfs list\n', []],
      'in an item by four more': ['- a\n\n      zfs list\n', ['zfs list']],
      'prose and inline code are none': ['zfs send a@b\n\nUse `zfs send a@b`.\n\n> zfs send a@b\n', []],
      'comments and front matter are none': [
        `---\nrun: |\n\n    zfs list\n---\n<!--\n${fence('bash', 'zfs send a@b')}-->\n${fence('bash', 'zfs list')}`,
        ['zfs list'],
      ],
      'with a byte order mark and the ends of line of Windows': [
        '\uFEFF```bash\r\nzfs list \\\r\n  a\r\n```\r\n',
        ['zfs list \\\n  a'],
      ],
      'colours of a terminal are none': [
        fence('console', '\u001B[1;32mroot@h\u001B[0m:~# zfs \u001B[1mlist\u001B[m'),
        ['h: zfs list'],
      ],
      'files of other kinds': [
        `${fence('ini', '[Service]\nExecStart=/sbin/zfs list')}${fence('', '[Unit]\nA=b')}`,
        ['block.service: [Service]\nExecStart=/sbin/zfs list', 'block.service: [Unit]\nA=b'],
      ],
    });
  });

  describe('scripts and what is none', () => {
    checkRegions('README.md', {
      'comments of a script': [
        fence('bash', '# the pool\nzfs list\n# zfs send a@b'),
        ['# the pool\nzfs list\n# zfs send a@b'],
      ],
      'without a tag, by its first command': [
        fence('', '# first\nzfs list\n# zfs send a@b'),
        ['# first\nzfs list\n# zfs send a@b'],
      ],
      output: [fence('', 'NAME  USED\ntank  1G\nzfs list'), []],
      messages: [fence('', "cannot receive: failed to read from stream\ncannot open 'a'"), []],
      'usage texts': [
        `${fence('', 'usage:\n\tzfs send [-w] <snapshot>')}${fence('', 'zfs send [-DLPbcehnpsVvw] snapshot')}${fence('sh', 'zfs send …\nzfs list\nzfs recv ...')}`,
        ['zfs list'],
      ],
      'prose in a block': [fence('', 'zfs send the snapshot to the vault.'), []],
      'names that the reader fills in': [
        fence('sh', 'zfs list <pool>/<data set>@x >file <in >out'),
        ['zfs list <pool>/<data set>@x >file <in >out'],
      ],
      'a drawing': [fence('sh', 'prod\n │\n ▼\nzfs receive a'), []],
      'a template of a blog': ['{% highlight bash %}\nzfs list {pool}\n{% endhighlight %}\n', ['zfs list {pool}']],
      'a second line after a hash': [
        fence('sh', '# zfs list |\ngrep x\n# zfs get x'),
        ['zfs list |\ngrep x', 'zfs get x'],
      ],
      'the script of another program': [fence('bash', '#!/usr/bin/env python3\nzfs = 1'), []],
    });
  });

  describe('transcripts', () => {
    checkRegions('README.md', {
      'output is no code': [fence('console', '$ zfs list\nNAME\nzfs send a@b\n$ zfs get x'), ['zfs list', 'zfs get x']],
      'a hash is a prompt where there are others, unless words follow': [
        fence('', '$ sudo -i\n# zfs list\n# now the other one\n# zfs get x'),
        ['sudo -i', 'zfs list', 'zfs get x'],
      ],
      'a hash alone, with commands': [fence('', '# zfs list\nNAME\n# zfs get x'), ['zfs list', 'zfs get x']],
      'in a shell block only if every one is a command': [
        `${fence('bash', '# zfs list\n# zfs get x')}${fence('bash', '# zfs list\n# the end of it')}`,
        ['zfs list', 'zfs get x', '# zfs list\n# the end of it'],
      ],
      hosts: [
        fence(
          '',
          [
            'root@a:~# zfs list 1',
            '[root@b ~]# zfs list 2',
            'me@c.example.org:/srv$ zfs list 3',
            'root@d:~ # zfs list 4',
            'me@e ~ % zfs list 5',
            'admin@f[~]$ zfs list 6',
            'vault# zfs list 7',
            'vault:~# zfs list 8',
            '(env) $ zfs list 9',
            'bash-5.1# zfs list 10',
            'root #zfs list 11',
            '~ # zfs list 12',
            'me@g:~> zfs list 13',
            'root@h:~#zfs list 14',
          ].join('\n'),
        ),
        [
          'a: zfs list 1',
          'b: zfs list 2',
          'c.example.org: zfs list 3',
          'd: zfs list 4',
          'e: zfs list 5',
          'f: zfs list 6',
          'vault: zfs list 7',
          'vault: zfs list 8',
          'zfs list 9',
          'zfs list 10',
          'zfs list 11',
          'zfs list 12',
          'g: zfs list 13',
          'h: zfs list 14',
        ],
      ],
      'lines that go on': [
        fence('console', '$ zfs list \\\n>   a \\\n    b\nNAME\n$ zfs list |\n> cat\n> output'),
        ['zfs list \\\n  a \\\n    b', 'zfs list |\ncat'],
      ],
      'loops and quotes': [
        fence('console', '$ for d in a b; do\n>   zfs list $d\n> done\nNAME\n$ echo "a\n> b"\nout'),
        ['for d in a b; do\n  zfs list $d\ndone', 'echo "a\nb"'],
      ],
      'here-documents': [
        fence('console', "# cat <<'E' > x.sh\n> zfs list\n# zfs get x\nE\n# sh x.sh\nzfs send a@b"),
        ["cat <<'E' > x.sh\nzfs list\n# zfs get x\nE", 'sh x.sh'],
      ],
      'a quote that nobody closes ends with its line': [
        fence('console', "$ echo don't\n$ zfs list"),
        ["echo don't", 'zfs list'],
      ],
      'prompts of the author': [fence('', 'lab> zfs list\nNAME\nlab> zfs get x'), ['zfs list', 'zfs get x']],
      'addresses and snapshots are no prompts': [
        fence('', 'tank@a 1G > 2G\nme@example.org wrote:\n> zfs send a@b'),
        [],
      ],
    });
  });
});
