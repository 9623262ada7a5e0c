const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');

mkdirSync('dist', { recursive: true });
writeFileSync('dist/index.html', readFileSync('index.html', 'utf8').replace('{built}', 'Built by npm'));
writeFileSync('dist/site.css', 'p { font-family: sans-serif }\n');
