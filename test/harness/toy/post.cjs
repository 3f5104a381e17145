const script = process.env['INPUT_POST-SCRIPT'] ?? ''
new Function('require', `return (async () => {${script}\n})()`)(require)
