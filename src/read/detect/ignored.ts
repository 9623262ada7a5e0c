/** Whether a path is an environment, a cache or vendored code: never read. */
export function isForeign(path: string): boolean {
  return foreign.test(path);
}

/** Whether a path is a test, documentation or a sample: never the app. */
export function isTest(path: string): boolean {
  return test.test(path);
}

const foreign =
  /(^|\/)(\.git|\.tox|\.nox|\.venv|venv|virtualenv|node_modules|bower_components|site-packages|__pycache__|\.mypy_cache|\.eggs|[^/]+\.egg-info)\//;

const test =
  /(^|\/)(tests?|testing|docs?|examples?|samples?|benchmarks?|\.github)\/|(^|\/)(conftest|tests?|test_[^/]*|[^/]*_tests?|[^/]*[-_]test)\.py$|(^|\/)(setup|fabfile|noxfile|tasks_dev)\.py$/;
