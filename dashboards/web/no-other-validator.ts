/** Stands in for a validator that the form library imports for its own tests, and that makes code at run time. */
export default undefined
