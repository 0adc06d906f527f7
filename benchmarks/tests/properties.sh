#!/bin/sh
# Every property test with five thousand examples, from a seed: benchmarks/tests/properties.sh [SEED]
cd "$(dirname "$0")/../.." || exit 2
exec .venv/bin/python -m pytest -n auto --dist worksteal --hypothesis-profile=full --hypothesis-seed="${1:-1}" \
  tests/source/test_yaml_source.py tests/edit/test_new.py tests/links/test_reading.py tests/links/test_guard.py \
  tests/robust/test_mutations.py -k "whatsoever or any_text or redirect_target or hostile_html or hidden_form or mutated_files"
