#!/usr/bin/env python3
"""Measures 'run --kubernetes' on one core against the API server of the tests: start, memory, idle CPU, changes, a storm, a relist.

    dotnet build -c Release
    benchmarks/kubernetes/measure.py [INGRESSES]      # 10000 by default, with a fifth as many Services, slices and TLS Secrets
"""
import os, re, subprocess, sys, tempfile, threading, time, urllib.request
B=os.path.join(os.path.dirname(os.path.abspath(__file__)),'..','..','artifacts','bin','')
N=int(sys.argv[1]) if len(sys.argv)>1 else 10000
kc=tempfile.mktemp()
api=subprocess.Popen(['dotnet',B+'Ingress.Routing.Kubernetes.ApiServer/release/Ingress.Routing.Kubernetes.ApiServer.dll',kc,'--tls','--ingresses',str(N),'--services',str(max(1,N//5)),'--secrets',str(max(1,N//5)),'--endpoint','127.0.0.1:9'],stdin=subprocess.PIPE,stdout=subprocess.PIPE,text=True)
print('api', api.stdout.readline().strip())
t0=time.time()
gw=subprocess.Popen(['taskset','-c','0','dotnet',B+'Ingress.Routing.Gateway/release/ingress-gateway.dll','run','--kubernetes','--kubeconfig',kc,'--controller-name','example.test/ingress-routing','--http','127.0.0.1:0','--admin','127.0.0.1:0','--allow-loopback-endpoints'],stdout=subprocess.PIPE,stderr=subprocess.PIPE,text=True)
lines=[]
def reader(f):
    for l in f: lines.append((time.time()-t0,l.rstrip()))
for f in (gw.stdout,gw.stderr): threading.Thread(target=reader,args=(f,),daemon=True).start()
admin=None
def cpu():
    s=open(f'/proc/{gw.pid}/stat').read().rsplit(')',1)[1].split()
    return (int(s[11])+int(s[12]))/100
def rss():
    return int(re.search(r'VmRSS:\s+(\d+)',open(f'/proc/{gw.pid}/status').read()).group(1))//1024, int(re.search(r'VmHWM:\s+(\d+)',open(f'/proc/{gw.pid}/status').read()).group(1))//1024
try:
    ready=None
    while time.time()-t0<120:
        if not admin:
            for _,l in list(lines):
                m=re.search(r'Admin.*?(http://[\d.:]+)',l)
                if m: admin=m.group(1)
        if admin:
            try:
                if urllib.request.urlopen(admin+'/readyz',timeout=2).status==200: ready=time.time()-t0; break
            except Exception as e: pass
        time.sleep(0.05)
    print('ready after %.2f s, cpu %.2f s, rss/peak MB'%(ready or -1,cpu()),rss())
    time.sleep(10); c=cpu(); time.sleep(15); print('idle cpu %.2f%%'%((cpu()-c)/15*100),'rss',rss())
    def cmd(x): api.stdin.write(x+'\n'); api.stdin.flush(); return api.stdout.readline()
    def hist(tag):
        m=urllib.request.urlopen(admin+'/metrics',timeout=20).read().decode()
        for l in m.splitlines():
            if 'kubernetes_change_delay' in l and ('bucket' in l or 'count' in l) : print(tag,l[:160])
    c=cpu()
    for i in range(200):
        cmd('slice %d 127.0.0.1:%d'%(i%max(1,N//5),10+i)); time.sleep(0.03)
    print('200 slices cpu/event ms %.2f'%((cpu()-c)/200*1000)); hist('slices')
    c=cpu()
    for i in range(100):
        cmd('ingress %d'%(N+i)); time.sleep(0.03)
    print('100 ingresses cpu/event ms %.2f'%((cpu()-c)/100*1000)); hist('+ingresses')
    c=cpu(); t=time.time(); cmd('storm 1000 8'); print('storm 8 s: cpu %.0f%%'%((cpu()-c)/(time.time()-t)*100),'rss',rss()); hist('+storm')
    c=cpu(); cmd('forget'); cmd('stop'); time.sleep(2); cmd('start'); t=time.time(); cmd('ingress %d'%(N+5000)); 
    time.sleep(8); print('relist cpu %.2f'%(cpu()-c),'rss',rss())
    print(*['%.2f %s'%(t,l[:160]) for t,l in lines if 'warning' in l or 'error' in l][:20], sep='\n')
finally:
    gw.terminate(); 
    try: gw.wait(45)
    except: gw.kill()
    api.stdin.close(); 
    try: api.wait(10)
    except: api.kill()
    print('exit',gw.returncode)
