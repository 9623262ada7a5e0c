import { describe, expect, it } from 'vitest';
import { unitThatLeaves, userUnit } from './user-unit.ts';

const unit = userUnit({
  app: 'shop',
  home: '/home/ada/my $tate "100%"',
  node: '/opt/no de/$bin/node',
  program: '/opt/decant $1/100%/bin/decant.js',
  environment: { LANG: 'C.UTF-8', HTTPS_PROXY: 'http://a:b%40c@proxy:3128\nUser=root' },
});

describe('userUnit', () => {
  it('keeps every word whole', () => {
    expect(unit.split('\n').filter(line => /^(Environment|Exec)/.test(line))).toEqual([
      'Environment="LANG=C.UTF-8"',
      'Environment="HTTPS_PROXY=http://a:b%%40c@proxy:3128\\nUser=root"',
      'Environment="DECANT_HOME=/home/ada/my $tate \\"100%%\\""',
      'ExecStart="/opt/no de/$bin/node" "/opt/decant $$1/100%%/bin/decant.js" start --foreground --app shop --no-input',
      'ExecStop=-"/opt/no de/$bin/node" "/opt/decant $$1/100%%/bin/decant.js" stop --app shop --no-input',
    ]);
  });

  it('says what the design asks for', () => {
    for (const line of ['Restart=always', 'KillMode=process', 'WantedBy=default.target'])
      expect(unit.split('\n')).toContain(line);
  });

  it('can be ended without ending the app', () => {
    const left = unitThatLeaves(unit);
    expect(left).not.toContain('ExecStop');
    expect(left.split('\n')).toHaveLength(unit.split('\n').length - 1);
  });
});
