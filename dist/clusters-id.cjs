// Made by "npm run build" from src/; licences in NOTICES.txt
// src/clusters/id.ts
function isIdShaped(text) {
	return /^in\d\d-[0-9a-z]{10,}$/i.test(text)
}
function isPlain(text) {
	return /^[A-Za-z0-9_-]{1,255}$/.test(text)
}
module.exports = {isIdShaped, isPlain}
