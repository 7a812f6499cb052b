// Loaded before the server: notes every file that its process reads, one path a line, in the file that the environment names.
const { appendFileSync } = require('node:fs');
const promises = require('node:fs/promises');

const { readFile } = promises;
promises.readFile = (path, ...rest) => {
  appendFileSync(process.env.BREAKWATER_TEST_READS, `${path}\n`);
  return readFile(path, ...rest);
};
