const script = process.env.INPUT_SCRIPT ?? ''
new Function('require', `return (async () => {${script}\n})()`)(require)
