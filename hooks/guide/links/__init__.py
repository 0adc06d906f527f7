"""Do the links work? Told by the verbs of a run, one module each:

collect (bare, markup, prose: what is a link in a source) → plan (addresses: what need be asked) → run → ask, perhaps by
several processes (guard, pace, wire, fetch, certificates, journey: what the network brings back, `exchange`) → judge
(seen_page, instead, phrases: what a person would say of it) → remember (what earlier runs saw) → report, show, machines
(what is told to people and to programs), status (to the site), fix. `verdict` is the one table of all that can be said; `known` is
what the guide's data knows of its links, `rules` what an editor may set, `options` what the command line asks, `offline`
what a build can tell without any network. Nothing of the network is loaded before the first request.
"""
