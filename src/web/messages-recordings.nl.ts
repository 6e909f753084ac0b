/** The Dutch sentences of a conversation that was recorded. */
export const nlRecordings = {
  title: 'Verslag met een opname',
  lead: 'Neem een gesprek alleen op als jullie het allebei goed vinden. Wie het verslag kan lezen, kan het terugluisteren. De ander bevestigt het.',
  label: 'Wat is er gezegd?',
  speak: 'De opname',
  optional: 'Dat mag, het hoeft niet. Ten hoogste 10 MB geluid.',
  send: 'Leg het vast',
  back: 'Terug zonder verslag',
  busy: 'De opname wordt verstuurd …',
  link: 'Maak een verslag met een opname erbij',
  player: 'Opname van het gesprek',
  faults: {
    kind: 'Dit is geen geluid dat hier bewaard kan worden. Je tekst staat er nog.',
    large: 'Deze opname is groter dan 10 MB. Je tekst staat er nog.',
    room: 'Er is hier geen plaats meer voor opnames. Je tekst staat er nog.',
    text: 'Schrijf op wat er is gezegd, ook als er een opname bij is. Kies de opname daarna opnieuw.',
  },
};
