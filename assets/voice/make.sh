#!/bin/sh
# Makes every clip of assets/voice anew with a speech synthesiser: placeholders until somebody has read them aloud.
#
#   assets/voice/make.sh [vi|en …]
#
# What is to be said comes from `server voice list`; SERVER names another program that can answer it.
set -eu
cd "$(dirname "$0")"

for program in espeak-ng sox; do
    command -v "$program" >/dev/null || apt-get install -y --no-install-recommends espeak-ng sox
done
SERVER=${SERVER:-cargo run --quiet --package server --}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Letters as they are called when read aloud: a synthesiser alone says "i" for Y and for I.
letter() {
    case "$1" in
        chu-a) echo "a" ;; chu-b) echo "bê" ;; chu-c) echo "xê" ;; chu-d) echo "đê" ;; chu-e) echo "e" ;;
        chu-f) echo "ép phờ" ;; chu-g) echo "giê" ;; chu-h) echo "hát" ;; chu-i) echo "i" ;; chu-j) echo "giây" ;;
        chu-k) echo "ca" ;; chu-l) echo "lờ" ;; chu-m) echo "mờ" ;; chu-n) echo "nờ" ;; chu-o) echo "o" ;;
        chu-p) echo "pê" ;; chu-q) echo "quy" ;; chu-r) echo "rờ" ;; chu-s) echo "sờ" ;; chu-t) echo "tê" ;;
        chu-u) echo "u" ;; chu-v) echo "vê" ;; chu-w) echo "vê kép" ;; chu-x) echo "ích xì" ;; chu-y) echo "i dài" ;;
        chu-z) echo "dét" ;; *) echo "$2" ;;
    esac
}

# Two soft strokes, the second lower.
chime() {
    sox -R -m "|sox -R -n -r 22050 -p synth 1.4 sine 880 fade l 0.004 1.4 1.39" \
        "|sox -R -n -r 22050 -p synth 1.8 sine 659.26 fade l 0.004 1.8 1.79 pad 0.35" "$1" gain -6
}

# Trimmed at both ends to a few milliseconds, as loud as all others, one format.
tidy() {
    sox -R "$1" "$work/trimmed.wav" gain -3 highpass 80 norm -3 silence 1 0.002 1% reverse silence 1 0.002 1% reverse
    sox -R "$work/trimmed.wav" -r 22050 -c 1 -b 16 -D "$2" fade q 0.002 -0 0.008 pad 0.002 0.004
}

speak() {
    case "$1" in
        vi) espeak-ng -v vi -s 120 -w "$3" -- "$(letter "$2" "$4")" ;;
        en) espeak-ng -v en-gb -s 135 -w "$3" -- "$4" ;;
    esac
}

[ $# -gt 0 ] || set -- vi en
tab=$(printf '\t')
for lang in "$@"; do
    (cd ../.. && $SERVER voice list --lang "$lang") >"$work/$lang"
    mkdir -p "$lang"
    while IFS=$tab read -r name says; do
        if [ -z "$says" ]; then
            chime "$work/said.wav" </dev/null
        else
            speak "$lang" "$name" "$work/said.wav" "$says" </dev/null
        fi
        tidy "$work/said.wav" "$lang/$name.wav" </dev/null
    done <"$work/$lang"
done
