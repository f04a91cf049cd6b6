/**
 * Mocha's dots, and beside them a summary as JSON in the file that RAWSEND_SUMMARY names, so that one last
 * line can sum over all runners. Lists what was skipped: a skip without a reason is a defect.
 */
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class Summary extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes: passed, failures: failed } = runner.stats;
      for (const title of skipped) console.log(`  skipped: ${title}`);
      const file = process.env.RAWSEND_SUMMARY;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped: skipped.length }));
    });
  }
};
