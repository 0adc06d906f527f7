"""Do the links work? Told by the verbs of a run, one module each:

collect (prose, extract, markup, bare: what is a link in a source) → plan (addresses: what need be asked) → ask, shared
by workers (guard, pace, wire, fetch, certificates, journey: what the network brings back) → judge (seen_page, says, walls,
phrases: what a person would say of it) → remember (what earlier runs saw) → report, show, machines (what is told to
people and to programs), fix, status (what the site says). `verdict` is the one table of all that can be said;
`known` is what the guide's data knows of its links, `rules` what an editor may set, `offline` what a build can tell
without any network. Nothing of the network is loaded before the first request.
"""
