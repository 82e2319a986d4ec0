// Reads the texts of a JSON file with the parser that is in the client, and writes what each comes to.
const texts = JSON.parse(await Bun.file(process.argv[2]).text());

function told(value, around) {
  if (value === null || value === undefined) return ["null"];
  if (typeof value === "number") return ["number", Object.is(value, -0) ? "0" : String(value)];
  if (typeof value !== "object") return [typeof value, value];
  if (around.includes(value)) return ["itself"];
  const inside = [...around, value];
  if (Array.isArray(value)) return ["list", value.map((each) => told(each, inside))];
  return ["mapping", Object.entries(value).map(([key, each]) => [key, told(each, inside)])];
}

const answers = texts.map((text) => {
  try {
    return told(Bun.YAML.parse(text), []);
  } catch (error) {
    return ["error", String(error.message ?? error)];
  }
});
await Bun.write(process.argv[3], JSON.stringify(answers));
