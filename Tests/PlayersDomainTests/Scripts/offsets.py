"""For each line `zone second`, prints how many seconds the zone is ahead of UTC then, by Python's own reader."""
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

for line in sys.stdin:
    zone, second = line.split()
    moment = datetime.fromtimestamp(int(second), timezone.utc).astimezone(ZoneInfo(zone))
    print(int(moment.utcoffset().total_seconds()))
