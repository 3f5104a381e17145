// What dist/toolkit.cjs holds: the parts of GitHub's toolkit that src/ uses, in a file of their own, so that
// dist/main.cjs is this project's code and nothing else.
export {
  debug,
  error,
  getInput,
  getState,
  info,
  notice,
  saveState,
  setOutput,
  setSecret,
  warning,
} from '@actions/core'
export { HttpClient } from '@actions/http-client'
