/** The English words of elements that a hospital calls otherwise. */
export const locatorEn = {
  'administer.locators': 'Elements that are called otherwise here',
  'administer.locators.hint':
    'When the robot does not find a button, field or table because it is called otherwise here, describe it here. That holds from the next item on.',
  'administer.locators.one': 'Element {{number}}',
  'administer.locators.add': 'Add an element',
  'administer.locators.remove.of': 'Remove element {{number}}',
  'administer.locators.name': 'Name at the robot',
  'administer.locators.name.hint':
    'Such as wizard.referralNumber: the message of a parked item and the description of the robot name it.',
  'administer.locators.twice': 'This name is there already.',
  'administer.locators.way': 'Found by',
  'administer.locators.way.label': 'name of the field',
  'administer.locators.way.role': 'kind and name',
  'administer.locators.way.text': 'text',
  'administer.locators.way.css': 'CSS selector',
  'administer.locators.role': 'Kind of element',
  'administer.locators.words.label': 'Name of the field',
  'administer.locators.words.role': 'Name on the screen',
  'administer.locators.words.text': 'Text',
  'administer.locators.words.css': 'CSS selector',
} as const
