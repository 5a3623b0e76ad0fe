# guard.sh FOLDER: waits for the end of its input, which is closed by the program that started it, or
# by the system when that program is gone, however it went. Then ends the server in the folder, and
# removes the folder.
trap '' INT TERM HUP
folder=$1
cat >/dev/null

server=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)
if [ -n "$server" ]; then
  kill -s INT "$server" 2>/dev/null
  tries=100
  while [ $tries -gt 0 ] && kill -s 0 "$server" 2>/dev/null; do
    tries=$((tries - 1))
    sleep 0.1
  done
  kill -s KILL "$server" 2>/dev/null
fi

# Again when somebody still wrote while it was removed.
tries=50
rm -rf -- "$folder" 2>/dev/null
while [ $tries -gt 0 ] && [ -e "$folder" ]; do
  tries=$((tries - 1))
  sleep 0.1
  rm -rf -- "$folder" 2>/dev/null
done
[ ! -e "$folder" ]
