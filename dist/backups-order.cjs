// Made by "npm run build" from src/; licences in NOTICES.txt
// src/backups/order.ts
function newestFirst(backups) {
	const time = ({createTime}) => createTime ?? Number.NEGATIVE_INFINITY
	return [...backups].sort((one, other) => (time(one) === time(other) ? 0 : time(other) - time(one)))
}
function grouped(items, key) {
	const groups = new Map()
	for (const item of items) {
		const group = groups.get(key(item))
		if (group === void 0) groups.set(key(item), [item])
		else group.push(item)
	}
	return [...groups.values()]
}
module.exports = {grouped, newestFirst}
