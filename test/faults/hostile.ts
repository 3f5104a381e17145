/** In every text that must not have an effect: whatever takes effect can be found by this word. */
export const mark = 'PWNED'

const lineEnds = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029']

const commands = [
  `::set-output name=status::succeeded`,
  `::set-output name=${mark}::1`,
  `::save-state name=intent::{"clusterName":"production"}`,
  `::set-env name=${mark}::1`,
  `::add-path::/${mark}`,
  `::add-mask::backup`,
  `::error file=a.ts,line=1,title=${mark}::${mark}`,
  `  ::warning::${mark}`,
  `::group::${mark}`,
  `##[set-output name=clusterId;]${mark}`,
  `words first ##[error]${mark}`,
  `%0A::notice::${mark}%0D`,
  `::stop-commands::${mark}${mark}`,
]

const decoration = [
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u001b[2J',
  '\u202egnihtyna\u202c\u200b\u0000\u0008',
  `<script>${mark}()</script><img src=x onerror=${mark}()></td></tr></table></code><h1>${mark}</h1>`,
  `[${mark}](javascript:${mark}()) ![x](https://evil.example/${mark}.png) <https://evil.example>`,
  `\`\`\`\n\n# ${mark}\n\n* **${mark}** @octocat ~~x~~ | a | b |\n`,
  `EOF\nghadelimiter_${mark}<<EOF`,
  `"quoted" \\" ' & &lt; \${{ secrets.${mark} }} $(${mark})`,
]

/** Every kind of line end, commands in both syntaxes, escapes, Markdown and HTML, on a few hundred characters. */
export const hostileText = [...commands, ...decoration]
  .map((text, index) => `${lineEnds[index % lineEnds.length]}${text}`)
  .join('')

/** Node refuses control characters in a header, so this is all a server can do there. */
export const hostileHeader = `x ##[error]${mark} ::error::${mark} <b>${mark}</b>`
